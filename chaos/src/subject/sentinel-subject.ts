import { openDatabase } from '@product-api/database';
import {
  eventually,
  type RedisServer,
  type RedisWithSentinels,
  startApi,
  startRedisWithSentinels,
  temporaryFolder,
} from '@product-api/testing';
import type { HistoryEvent, RecordEvent } from '../history/history.js';
import type { CheckedProcess, CheckedSubject } from './checked-subject.js';
import { redisCommand } from './redis-command.js';
import { storedValue } from './subject.js';
import { usesCache } from './uses-cache.js';

/** Two API processes on one SQLite file, which find Redis by Sentinel. */
export interface SentinelSubject extends CheckedSubject {
  readonly redis: RedisWithSentinels;
  readonly recordEvent: RecordEvent;
  stop(): Promise<void>;
}

/** Starts Redis with a replica and three sentinels, two API processes, and the control. */
export async function startSentinelSubject(): Promise<SentinelSubject> {
  const folder = await temporaryFolder();
  const redis = await startRedisWithSentinels();
  const env = {
    DATABASE_URL: `file:${folder.file('catalog.db')}`,
    REDIS_SENTINELS: redis.addresses,
    REDIS_SENTINEL_NAME: redis.name,
    SEED: 'false',
    LOG_LEVEL: 'warn',
  };
  const [one, other, control] = await Promise.all([
    startApi({ env }),
    startApi({ env }),
    startApi({ env: { SEED: 'false', LOG_LEVEL: 'warn' } }),
  ]);
  const database = await openDatabase({ url: env.DATABASE_URL, busyTimeoutMs: 100 });
  const events: HistoryEvent[] = [];
  return {
    processes: [checkedProcess('a', one.baseUrl), checkedProcess('b', other.baseUrl)],
    redis,
    control: { name: 'control', baseUrl: control.baseUrl },
    events,
    recordEvent: (what) => events.push({ at: performance.now(), what }),
    storedValue: (id) => storedValue(database, id),
    async stop() {
      await database.close();
      await Promise.all([one, other, control].map((api) => api.stop()));
      await redis.stop();
      await folder.remove();
    },
  };
}

function checkedProcess(name: string, baseUrl: string): CheckedProcess {
  return {
    name,
    baseUrl,
    outages: [],
    rollbacks: [],
    databaseOutages: [],
    usesCache: () => usesCache(baseUrl),
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
