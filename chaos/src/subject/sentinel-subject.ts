import { migrate, openDatabase } from '@product-api/database';
import {
  eventually,
  type PostgresServer,
  type RedisServer,
  type RedisWithSentinels,
  startApi,
  startPostgres,
  startRedisWithSentinels,
} from '@product-api/testing';
import type { HistoryEvent, RecordEvent } from '../history/history.js';
import type { CheckedProcess, CheckedSubject } from './checked-subject.js';
import { startControl } from './control.js';
import { HostDatabase } from './host-database.js';
import { redisCommand } from './redis-command.js';
import { storedValue } from './subject.js';
import { usesCache } from './uses-cache.js';

/** An API process that finds Redis by Sentinel, with its own path to PostgreSQL. */
export interface SentinelHost extends CheckedProcess {
  readonly database: HostDatabase;
}

/** Several hosts on one PostgreSQL, which find Redis by Sentinel. */
export interface SentinelSubject extends CheckedSubject {
  readonly processes: readonly [SentinelHost, ...SentinelHost[]];
  readonly redis: RedisWithSentinels;
  readonly recordEvent: RecordEvent;
  stop(): Promise<void>;
}

/** Starts PostgreSQL, Redis with a replica and three sentinels, three hosts, and the control. */
export async function startSentinelSubject(): Promise<SentinelSubject> {
  const events: HistoryEvent[] = [];
  const recordEvent: RecordEvent = (what) => events.push({ at: performance.now(), what });
  const [postgres, redis] = await Promise.all([startPostgres(), startRedisWithSentinels()]);
  await migrate({ url: postgres.url });
  const start = (name: string) => startHost({ name, postgres, redis, recordEvent });
  const control = await startControl(postgres);
  // One after the other, because all at once would start late on a busy machine.
  const hosts = [await start('a'), await start('b'), await start('c')] as const;
  const database = await openDatabase({ url: postgres.url });
  return {
    processes: hosts,
    redis,
    control: { name: 'control', baseUrl: control.baseUrl },
    events,
    recordEvent,
    storedValue: (id) => storedValue(database, id),
    async stop() {
      await database.close();
      await Promise.all([control, ...hosts].map((each) => each.stop()));
      await Promise.all([redis.stop(), postgres.stop()]);
    },
  };
}

interface HostOptions extends Pick<SentinelSubject, 'redis' | 'recordEvent'> {
  readonly name: string;
  readonly postgres: PostgresServer;
}

async function startHost({ name, postgres, redis, recordEvent }: HostOptions) {
  const database = await HostDatabase.open(postgres, (what) => recordEvent(`${name}: ${what}`));
  const api = await startApi({
    env: {
      DATABASE_URL: database.url,
      REDIS_SENTINELS: redis.addresses,
      REDIS_SENTINEL_NAME: redis.name,
      SEED: 'false',
      LOG_LEVEL: 'warn',
    },
  });
  const { baseUrl } = api;
  return {
    name,
    baseUrl,
    database,
    outages: [],
    rollbacks: [],
    get databaseOutages() {
      return database.outages;
    },
    usesCache: () => usesCache(baseUrl),
    async stop() {
      await api.stop();
      await database.close();
    },
  };
}

/** Waits until a server follows the primary, so that another failover is possible. */
export async function waitForReplica({ port }: RedisServer): Promise<void> {
  await eventually(
    async () =>
      String(await redisCommand(port, 'INFO', 'replication')).includes('master_link_status:up'),
    { timeoutMs: 40_000 },
  );
}
