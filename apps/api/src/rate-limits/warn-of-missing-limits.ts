import type { Logger } from 'pino';
import type { Config } from '../config/config.js';

const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|::1)$/i;

/** Warns if other machines can send any number of requests. */
export function warnOfMissingLimits(logger: Logger, { HOST, RATE_LIMITS }: Config): void {
  if (RATE_LIMITS === 'off' && !LOOPBACK.test(HOST)) {
    logger.warn(
      { host: HOST },
      'other machines can send any number of requests: set RATE_LIMITS, or limit them in front of the service',
    );
  }
}
