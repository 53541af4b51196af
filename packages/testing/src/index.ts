export type { SkippableNeed } from './environment.js';
export { type EventuallyOptions, EventuallyTimeoutError, eventually } from './eventually.js';
export {
  findChromium,
  findFish,
  findNginx,
  findPostgres,
  findRedisServer,
  findSqlite3,
  findWrk,
  findZsh,
} from './programs/find-programs.js';
export { MissingProgramError, type Remedies } from './programs/missing-program-error.js';
export { type SeededRandom, seededRandom } from './seeded-random.js';
export { freePort } from './servers/free-port.js';
export {
  type ServerProcess,
  ServerStartError,
  startServerProcess,
} from './servers/server-process.js';
export { type SharedRedis, sharedRedis } from './servers/shared-redis.js';
export { type RunningApi, type StartApiOptions, startApi } from './servers/start-api.js';
export {
  type Nginx,
  type StartNginxOptions,
  startNginx,
  startNginxWith,
} from './servers/start-nginx.js';
export { type Pgbouncer, startPgbouncer } from './servers/start-pgbouncer.js';
export {
  type PostgresServer,
  type StartPostgresOptions,
  startPostgres,
} from './servers/start-postgres.js';
export { type RedisServer, type StartRedisOptions, startRedis } from './servers/start-redis.js';
export {
  type RedisWithSentinels,
  type RedisWithSentinelsOptions,
  startRedisWithSentinels,
} from './servers/start-redis-with-sentinels.js';
export { type StartSentinelOptions, startSentinel } from './servers/start-sentinel.js';
export { testCertificate, tlsSettings } from './servers/test-certificate.js';
export { type TemporaryFolder, temporaryFolder } from './temporary-folder.js';
