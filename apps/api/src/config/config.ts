import { z } from 'zod';
import { ConfigError } from './config-errors.js';
import { corsOrigins } from './cors-origins.js';
import { databaseUrl } from './database-url.js';
import { loadEnvFile } from './load-env-file.js';
import { rateLimits } from './rate-limits.js';
import { redisUrl, sentinelList } from './redis-url.js';
import { sentinelFaults, withSentinels } from './sentinels.js';
import { autoOrWholeNumber, oneOf, textLike, wholeNumber } from './variable-types.js';

const flag = oneOf('true', 'false').transform((text) => text === 'true');

/**
 * The maximum of the timers below: an hour. (Node fires a timer of more than 2^31 - 1 ms at once.)
 */
const HOUR_MS = 3_600_000;
const YEAR_SECONDS = 31_536_000;
const YEAR_HOURS = 8760;
const TEN_YEARS_DAYS = 3650;
const MEBIBYTE = 1024 * 1024;
const GIBIBYTE = 1024 * MEBIBYTE;

/** Every environment variable of the service. `.env.example` describes them. */
export const environmentSchema = z.object({
  NODE_ENV: oneOf('development', 'test', 'production').default('development'),
  WORKERS: autoOrWholeNumber(1, 1024).default('auto'),
  HOST: textLike(
    /^[\w.:%-]+$/,
    'should be a host name or an IP address, an IPv6 address without brackets',
  ).default('127.0.0.1'),
  PORT: wholeNumber(0, 65_535).default(8080),
  DATABASE_URL: databaseUrl.default('file:./data/catalog.db'),
  DATABASE_POOL: wholeNumber(1, 1000).default(8),
  SEED: flag.default('true'),
  REDIS_URL: redisUrl.optional(),
  REDIS_SENTINELS: sentinelList.optional(),
  REDIS_SENTINEL_NAME: textLike(
    /^[\w.-]+$/,
    'should be the name of the primary in the configuration of the sentinels: letters A to Z, digits or one of _ . -',
  ).optional(),
  REDIS_SENTINEL_USER: z.string().optional(),
  REDIS_SENTINEL_PASSWORD: z.string().optional(),
  REDIS_SENTINEL_TLS: flag.default('false'),
  REDIS_TIMEOUT_MS: wholeNumber(1, 60_000).default(50),
  CACHE_TTL_SECONDS: wholeNumber(1, YEAR_SECONDS).default(3600),
  CACHE_NAMESPACE: textLike(
    /^[\w.:/-]{0,200}$/,
    'should have at most 200 characters, all of them letters A to Z, digits or one of _ . : / -',
  ).default(''),
  CACHE_MAX_BYTES: wholeNumber(0, 16 * GIBIBYTE).default(64 * MEBIBYTE),
  CACHE_POLL_MS: wholeNumber(1, HOUR_MS).default(250),
  CACHE_LOG_MAX_ENTRIES: wholeNumber(1, 1_000_000_000).default(1_000_000),
  CHANGES_KEEP_DAYS: wholeNumber(1, TEN_YEARS_DAYS).default(30),
  CHANGES_KEEP_AT_MOST: wholeNumber(1, 1_000_000_000).default(1_000_000),
  CHANGE_STREAMS_MAX: wholeNumber(1, 1_000_000).default(1000),
  IDEMPOTENCY_KEEP_HOURS: wholeNumber(1, YEAR_HOURS).default(24),
  REQUIRE_IDEMPOTENCY: oneOf('off', 'stock').default('off'),
  BODY_LIMIT_BYTES: wholeNumber(1, 16 * MEBIBYTE).default(MEBIBYTE),
  MAX_CONNECTIONS: wholeNumber(1, 1_000_000).default(4096),
  CORS_ORIGINS: corsOrigins.default(''),
  AUTH: oneOf('off', 'writes', 'all').default('off'),
  ADMIN_API_KEY: textLike(
    /^[\x21-\x7e]{32,512}$/,
    'should be 32 to 512 visible ASCII characters without spaces, such as openssl rand -base64 32 prints',
  ).optional(),
  DOCS: oneOf('on', 'off').default('on'),
  RATE_LIMITS: rateLimits.default('off'),
  TRUST_PROXY: wholeNumber(0, 10).default(0),
  LOG_LEVEL: oneOf('fatal', 'error', 'warn', 'info', 'debug', 'silent').default('info'),
  LOG_FORMAT: oneOf('auto', 'json', 'pretty').default('auto'),
  SHUTDOWN_DELAY_MS: wholeNumber(0, HOUR_MS).default(250),
  SHUTDOWN_TIMEOUT_MS: wholeNumber(0, HOUR_MS).default(10_000),
});

/**
 * The service's settings, parsed and frozen. With `REDIS_SENTINELS`, `REDIS_URL` is the address of
 * the primary that they name.
 */
export type Config = Readonly<z.output<typeof environmentSchema>>;

/**
 * Reads the settings from environment variables. An empty variable counts as unset.
 *
 * @throws {ConfigError} when variables are invalid; the message lists all of them
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const set = Object.entries(environment).filter(
    ([, value]) => value !== undefined && value !== '',
  );
  const variables = Object.fromEntries(set);
  const parsed = environmentSchema.safeParse(variables);
  const faults = [...(parsed.error?.issues ?? []), ...sentinelFaults(variables)];
  if (!parsed.success || faults.length > 0) {
    throw new ConfigError(faults);
  }
  return Object.freeze(withSentinels(parsed.data));
}

/**
 * Returns the environment of this process, completed by the variables of a `.env` file in the
 * working directory.
 *
 * @throws {EnvFileError} when that file cannot be read
 */
export function processEnvironment(): NodeJS.ProcessEnv {
  loadEnvFile();
  return process.env;
}
