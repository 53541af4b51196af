import { freePort } from './free-port.js';
import { ServerStartError } from './server-start-error.js';

/**
 * Starts a server on a free port, and on another one when a different process has taken the port
 * between the look and the start.
 *
 * @throws ServerStartError when the server fails for another reason, or for this one five times.
 */
export async function onFreePort<T>(start: (port: number) => Promise<T>): Promise<T> {
  const attempts = 5;
  for (let attempt = 1; ; attempt++) {
    try {
      return await start(await freePort());
    } catch (error) {
      const worthAnother = error instanceof ServerStartError && error.portWasTaken;
      if (!worthAnother || attempt === attempts) {
        throw error;
      }
    }
  }
}
