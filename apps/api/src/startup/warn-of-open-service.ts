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
