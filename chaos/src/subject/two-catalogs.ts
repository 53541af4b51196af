import { temporaryFolder } from '@product-api/testing';
import type { HistoryEvent, RecordEvent } from '../history/history.js';
import { ApiProcess } from './api-process.js';
import { RedisPair } from './redis-pair.js';

/**
 * Milliseconds: long, because a busy machine must still use Redis; without it, nothing is tested.
 */
const REDIS_TIMEOUT_MS = 2000;

/** Two services, each with its own database, on one Redis without a namespace. */
export interface TwoCatalogs {
  readonly one: ApiProcess;
  readonly other: ApiProcess;
  readonly redis: RedisPair;
  /** Everything that was done to the services so far, in order. */
  readonly events: readonly HistoryEvent[];
  stop(): Promise<void>;
}

/** Starts Redis and then the services, one after the other. */
export async function startTwoCatalogs(): Promise<TwoCatalogs> {
  const folder = await temporaryFolder();
  const events: HistoryEvent[] = [];
  const recordEvent: RecordEvent = (what) => events.push({ at: performance.now(), what });
  const redis = await RedisPair.start(recordEvent);
  const start = (name: string) =>
    ApiProcess.start({
      name,
      database: { url: `file:${folder.file(`${name}.db`)}`, outages: [] },
      redisPort: redis.primary.port,
      redisTimeoutMs: REDIS_TIMEOUT_MS,
      recordEvent,
    });
  const one = await start('one');
  const other = await start('other');
  return {
    one,
    other,
    redis,
    events,
    async stop() {
      await Promise.all([one.stop(), other.stop()]);
      await redis.stop();
      await folder.remove();
    },
  };
}
