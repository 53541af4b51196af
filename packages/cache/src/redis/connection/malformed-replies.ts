import { createRequire } from 'node:module';
import type { DataHandledable } from 'ioredis/built/DataHandler.js';
import { MalformedReplyError } from './connection-errors.js';

// As ioredis itself loads it; what an `import` makes of the default of CommonJS depends on who runs it.
const ioredis: typeof import('ioredis/built/DataHandler.js') = createRequire(import.meta.url)(
  'ioredis/built/DataHandler.js',
);

/** What `dispatch` of ioredis's DataHandler is called on. */
interface DataHandler {
  readonly redis: DataHandledable;
}

/**
 * Makes every client of ioredis end a connection, and make another, at a reply that makes no sense,
 * such as one too many or one of another type than its command has.
 *
 * ioredis throws what it stumbles over out of any call, which ends the process: it takes it for an
 * error of a listener's (`dispatch` in built/DataHandler.js of 6.0.0). A second call changes nothing.
 */
export function endConnectionsAtMalformedReplies(): void {
  Object.defineProperty(ioredis.default.prototype, 'dispatch', {
    configurable: true,
    writable: true,
    value: dispatch,
  });
}

function dispatch(this: DataHandler, handle: () => void): void {
  try {
    handle();
  } catch (cause) {
    const error = new MalformedReplyError(cause);
    this.redis.recoverFromFatalError(error, error, { offlineQueue: false });
  }
}
