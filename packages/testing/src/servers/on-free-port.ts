import { freePort } from './free-port.js';
import { ServerStartError } from './server-process.js';

const MAX_ATTEMPTS = 5;

/**
 * Starts a server on a free port. If another process takes the port before the server does, tries
 * again with another port, up to five times.
 *
 * @throws {ServerStartError} when the server fails for another reason, or at the last attempt.
 */
export async function onFreePort<T>(start: (port: number) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await start(await freePort());
    } catch (error) {
      const canRetry = error instanceof ServerStartError && error.portWasTaken;
      if (!canRetry || attempt === MAX_ATTEMPTS) {
        throw error;
      }
    }
  }
}
