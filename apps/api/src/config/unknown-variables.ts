import type { Logger } from 'pino';
import { environmentSchema } from './config.js';

/** Prefixes of the service's variables that other programs are unlikely to use. */
const OWN_PREFIXES = /^(?:BODY|CACHE|CORS|DATABASE|LOG|RATE|REDIS|SHUTDOWN|TRUST)_/;

/** Variables that Kubernetes and Docker links set for services named redis, cache or database. */
const SET_BY_PLATFORMS = /_(?:SERVICE|PORT|ENV|NAME)(?:_|$)/;

/**
 * Warns of variables that have a prefix of the service but are not read by it: the name is probably
 * mistyped, so that the default is used instead. The log shows the names only.
 */
export function warnOfUnknownVariables(
  logger: Logger,
  environment: Readonly<Record<string, string | undefined>>,
): void {
  const variables = Object.keys(environment)
    .filter((name) => OWN_PREFIXES.test(name) && !SET_BY_PLATFORMS.test(name))
    .filter((name) => !(name in environmentSchema.shape))
    .toSorted();
  if (variables.length > 0) {
    logger.warn(
      { variables },
      'unknown variables are ignored: compare their names with .env.example',
    );
  }
}
