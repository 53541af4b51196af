import { createRequire } from 'node:module';
import type { DataHandledable } from 'ioredis/built/DataHandler.js';
import { MalformedReplyError } from './connection-errors.js';

// `require` as ioredis does: how `import` exposes a CommonJS default depends on the runtime.
const ioredis: typeof import('ioredis/built/DataHandler.js') = createRequire(import.meta.url)(
  'ioredis/built/DataHandler.js',
);

/** The part of ioredis's DataHandler that `dispatch` uses. */
interface DataHandler {
  readonly redis: DataHandledable;
}

/**
 * Makes every ioredis client replace its connection after a malformed reply, such as a surplus
 * reply or one of the wrong type.
 *
 * Otherwise ioredis rethrows the error outside of any call, which ends the process, because it
 * treats it as an error of a listener (`dispatch` in built/DataHandler.js of 6.0.0). May be called
 * repeatedly.
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
