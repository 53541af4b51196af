import {
  eventually,
  type RedisServer,
  type StartRedisOptions,
  startRedis,
} from '@product-api/testing';
import { settleWithin } from './settle-within.js';
import { type Row, Source } from './source.js';
import type { CacheInstance, Subject } from './subject.js';

const WARM_UP_LIMIT_MS = 15_000;
const CLOSE_LIMIT_MS = 2000;

/** The servers and cache instances of one run of a scenario. */
export interface Setup {
  readonly redis: RedisServer;
  readonly source: Source;
  /** Creates an instance and waits until it serves a value from its cache. */
  open(): Promise<CacheInstance>;
}

/** Starts a Redis server, runs a scenario on it, and closes everything. */
export async function withSetup<T>(
  subject: Subject,
  run: (setup: Setup) => Promise<T>,
  redisOptions?: StartRedisOptions,
): Promise<T> {
  const redis = await startRedis(redisOptions);
  const source = new Source();
  const instances: CacheInstance[] = [];
  const open = async () => {
    const instance = await subject.connect(redis.url, source);
    instances.push(instance);
    const { id } = source.write(`warm-up-${instances.length}`);
    await eventually(() => isCached(instance, () => source.read(id), id), {
      timeoutMs: WARM_UP_LIMIT_MS,
    });
    return instance;
  };
  try {
    return await run({ redis, source, open });
  } finally {
    await redis.kill('SIGCONT');
    // A library that waits forever for a reply must not hold up the race.
    await Promise.all(instances.map(({ close }) => settleWithin(CLOSE_LIMIT_MS, close)));
    await redis.stop();
  }
}

async function isCached(
  instance: CacheInstance,
  load: () => Promise<Row>,
  id: string,
): Promise<boolean> {
  let loads = 0;
  await instance.read(id, () => {
    loads += 1;
    return load();
  });
  return loads === 0;
}
