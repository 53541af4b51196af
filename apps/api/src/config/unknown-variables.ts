import type { Logger } from 'pino';
import { environmentSchema } from './config.js';

/** How the names of the service's variables begin, where a name that others use does not begin so too. */
const OWN_PREFIX = /^(?:BODY|CACHE|CORS|DATABASE|LOG|REDIS|SHUTDOWN)_/;

/** What Kubernetes and Docker links set for a service that is called redis, cache or database. */
const SET_BY_PLATFORMS = /_(?:SERVICE|PORT|ENV|NAME)(?:_|$)/;

/**
 * Warns of variables that begin like those of the service and are none of them: a name is probably
 * mistyped, and the default is used in place of what was meant. Shows their names alone.
 */
export function warnOfUnknownVariables(
  logger: Logger,
  environment: Readonly<Record<string, string | undefined>>,
): void {
  const variables = Object.keys(environment)
    .filter((name) => OWN_PREFIX.test(name) && !SET_BY_PLATFORMS.test(name))
    .filter((name) => !(name in environmentSchema.shape))
    .toSorted();
  if (variables.length > 0) {
    logger.warn(
      { variables },
      'unknown variables are ignored: compare their names with .env.example',
    );
  }
}
