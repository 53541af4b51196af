import type { Logger } from 'pino';
import type { Config } from '../config/config.js';

const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|::1)$/i;

/** Warns if other machines can reach a service that needs no API key. */
export function warnOfOpenService(
  logger: Logger,
  { AUTH, HOST }: Pick<Config, 'AUTH' | 'HOST'>,
): void {
  if (AUTH === 'off' && !LOOPBACK.test(HOST)) {
    logger.warn(
      { host: HOST },
      'everybody who can reach this address can change the catalog: set AUTH, or put the service behind something that authenticates',
    );
  }
}

/** Warns if other machines can send any number of requests. */
export function warnOfMissingLimits(
  logger: Logger,
  { RATE_LIMITS, HOST }: Pick<Config, 'RATE_LIMITS' | 'HOST'>,
): void {
  if (RATE_LIMITS === 'off' && !LOOPBACK.test(HOST)) {
    logger.warn(
      { host: HOST },
      'everybody who can reach this address can send any number of requests: set RATE_LIMITS, or limit them in front of the service',
    );
  }
}
