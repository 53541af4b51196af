import { openDatabase } from '@product-api/database';
import { temporaryFolder } from '@product-api/testing';
import { createFaultContext } from '../faults/fault-context.js';
import { injectLanes, workerLanes } from '../faults/feed-faults.js';
import type { HistoryEvent, RecordEvent } from '../history/history.js';
import { ApiProcess } from './api-process.js';
import { type FeedSubject, feedSettings, openClientPath } from './feed-subject.js';
import { RedisPair } from './redis-pair.js';

/** A service of two workers on one SQLite file. */
export interface FeedWorkers extends FeedSubject {
  readonly service: ApiProcess;
  /** The path of the SQLite file. */
  readonly file: string;
}

/** Starts Redis and the service. */
export async function startFeedWorkers(): Promise<FeedWorkers> {
  const folder = await temporaryFolder();
  const file = folder.file('catalog.db');
  const events: HistoryEvent[] = [];
  const recordEvent: RecordEvent = (what) => events.push({ at: performance.now(), what });
  const redis = await RedisPair.start(recordEvent);
  const service = await ApiProcess.start({
    name: 'workers',
    database: { url: `file:${file}`, outages: [] },
    redisPort: redis.primary.port,
    // The log has the process ids of the workers.
    settings: { ...feedSettings, WORKERS: '2', LOG_LEVEL: 'info' },
    recordEvent,
  });
  const processes = [service] as const;
  const clientPaths = [await openClientPath(service)] as const;
  const database = await openDatabase({ url: `file:${file}` });
  const target = { processes, redis, isWritable: async () => true };
  return {
    service,
    file,
    processes,
    clientPaths,
    database,
    events,
    injectFaults: (random) => injectLanes(workerLanes, createFaultContext(target, random)),
    async stop() {
      await database.close();
      await Promise.all(clientPaths.map(({ path }) => path.close()));
      await service.stop();
      await redis.stop();
      await folder.remove();
    },
  };
}
