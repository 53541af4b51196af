import { z } from 'zod';
import { ConfigError } from './config-error.js';
import { redisUrl } from './redis-url.js';
import { databaseUrl } from './database-url.js';

const port = z.coerce.number().int().min(0).max(65_535);
const positive = z.coerce.number().positive();
const count = z.coerce.number().int().min(0);
const flag = z.enum(['true', 'false']).transform((text) => text === 'true');

/** Every variable the service reads. Each is described in .env.example. */
export const environmentSchema = z.object({
  NODE_ENV: z.string().default('development'),
  WORKERS: z
    .string()
    .regex(/^(auto|[1-9]\d{0,3})$/, 'should be auto or a whole number from 1')
    .default('auto')
    .transform((text) => (text === 'auto' ? text : Number(text))),
  HOST: z.string().default('127.0.0.1'),
  PORT: port.default(8080),
  DATABASE_URL: databaseUrl.default('file:./data/catalog.db'),
  SEED: flag.default('true'),
  REDIS_URL: redisUrl.optional(),
  REDIS_TIMEOUT_MS: positive.default(50),
  CACHE_TTL_SECONDS: positive.default(3600),
  CACHE_NAMESPACE: z.string().default(''),
  CACHE_MAX_BYTES: count.default(64 * 1024 * 1024),
  CACHE_POLL_MS: positive.default(250),
  CACHE_LOG_MAX_ENTRIES: count.default(1_000_000),
  CACHE_NEAR: flag.default('false'),
  CACHE_NEAR_MAX_BYTES: count.default(16 * 1024 * 1024),
  BODY_LIMIT_BYTES: count.default(1024 * 1024),
  MAX_CONNECTIONS: count.default(4096),
  CORS_ORIGINS: z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((origin) => origin.trim())
        .filter(Boolean),
    ),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  LOG_FORMAT: z.enum(['auto', 'json', 'pretty']).default('auto'),
  SHUTDOWN_DELAY_MS: count.default(250),
  SHUTDOWN_TIMEOUT_MS: count.default(10_000),
});

/** The service's settings, parsed and frozen. */
export type Config = Readonly<z.output<typeof environmentSchema>>;

/**
 * Reads the settings from environment variables. An empty variable counts as unset.
 * @throws ConfigError that names every variable at fault
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const set = Object.entries(environment).filter(
    ([, value]) => value !== undefined && value !== '',
  );
  const parsed = environmentSchema.safeParse(Object.fromEntries(set));
  if (!parsed.success) throw new ConfigError(parsed.error);
  return Object.freeze(parsed.data);
}

/** The environment of this process, with the variables of a `.env` file in the working directory behind it. */
export function processEnvironment(): NodeJS.ProcessEnv {
  try {
    process.loadEnvFile();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
  return process.env;
}
