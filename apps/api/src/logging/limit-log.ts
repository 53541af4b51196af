import type { Logger } from 'pino';
import type { LimitedClass } from '../config/rate-limits.js';
import { LineLimit } from './line-limit.js';

/** Logs a request that exceeded a limit; `caller` has the id of its API key, or its address. */
export type LogLimited = (
  limited: LimitedClass,
  caller: { readonly apiKey: string } | { readonly address: string },
) => void;

/**
 * Creates the log of requests above a rate limit: at most ten lines per second. The next line has
 * the number of suppressed lines.
 *
 * @param now returns milliseconds of a clock that never goes back
 */
export function createLimitLog(logger: Logger, now: () => number): LogLimited {
  const lines = new LineLimit(now);
  return (limited, caller) => {
    const line = lines.next();
    if (line) {
      const fields = 'apiKey' in caller ? { api_key: caller.apiKey } : { address: caller.address };
      logger.warn({ class: limited, ...fields, ...line }, 'request above a rate limit');
    }
  };
}
