import {
  eventually,
  type RedisServer,
  type StartRedisOptions,
  startRedis,
} from '@product-api/testing';
import { answerWithin } from './answer-within.js';
import type { CacheInstance, Contender } from './contender.js';
import { type Row, Source } from './source.js';

const warmUpLimitMs = 15_000;
const closeLimitMs = 2000;

/** Where a scenario plays. */
export interface Stage {
  readonly redis: RedisServer;
  readonly source: Source;
  /** Makes an instance that has been seen to answer from its cache. */
  open(): Promise<CacheInstance>;
}

/** Sets up a Redis server and a database, plays on them, and clears everything away. */
export async function onStage<T>(
  contender: Contender,
  play: (stage: Stage) => Promise<T>,
  redisOptions?: StartRedisOptions,
): Promise<T> {
  const redis = await startRedis(redisOptions);
  const source = new Source();
  const instances: CacheInstance[] = [];
  const open = async () => {
    const instance = await contender.connect(redis.url, source);
    instances.push(instance);
    const { id } = source.write(`warm-up-${instances.length}`);
    await eventually(() => isCached(instance, () => source.read(id), id), {
      timeoutMs: warmUpLimitMs,
    });
    return instance;
  };
  try {
    return await play({ redis, source, open });
  } finally {
    await redis.kill('SIGCONT');
    // A library that waits for an answer it will never get must not hold up the race.
    await Promise.all(instances.map(({ close }) => answerWithin(closeLimitMs, close)));
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
