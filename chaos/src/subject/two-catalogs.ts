import { temporaryFolder } from '@product-api/testing';
import type { Note, Occurrence } from '../history/occurrence.js';
import { ApiProcess } from './api-process.js';
import { RedisPair } from './redis-pair.js';

/** Milliseconds: on a busy machine Redis is to be used, as there is nothing to find without it. */
const shortRedisTimeoutMs = 2000;

/** Two services with a database each, on one Redis and without a namespace. */
export interface TwoCatalogs {
  readonly one: ApiProcess;
  readonly other: ApiProcess;
  readonly redis: RedisPair;
  /** What was done to them so far, in its order. */
  readonly occurrences: readonly Occurrence[];
  stop(): Promise<void>;
}

/** Starts Redis and both services, one after the other. */
export async function startTwoCatalogs(): Promise<TwoCatalogs> {
  const folder = await temporaryFolder();
  const occurrences: Occurrence[] = [];
  const note: Note = (what) => occurrences.push({ at: performance.now(), what });
  const redis = await RedisPair.start(note);
  const start = (name: string) =>
    ApiProcess.start({
      name,
      databaseUrl: `file:${folder.file(`${name}.db`)}`,
      redisPort: redis.primary.port,
      redisTimeoutMs: shortRedisTimeoutMs,
      note,
    });
  const one = await start('one');
  const other = await start('other');
  return {
    one,
    other,
    redis,
    occurrences,
    async stop() {
      await Promise.all([one.stop(), other.stop()]);
      await redis.stop();
      await folder.remove();
    },
  };
}
