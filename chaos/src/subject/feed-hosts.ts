import { migrate, openDatabase } from '@product-api/database';
import { startPostgres } from '@product-api/testing';
import { createHostsContext } from '../faults/fault-context.js';
import { hostLanes, injectLanes } from '../faults/feed-faults.js';
import type { HistoryEvent, RecordEvent } from '../history/history.js';
import { type FeedSubject, feedSettings, openClientPath } from './feed-subject.js';
import { startHost } from './hosts.js';
import { RedisPair } from './redis-pair.js';

/** Starts three hosts on one PostgreSQL and one Redis. */
export async function startFeedHosts(): Promise<FeedSubject> {
  const events: HistoryEvent[] = [];
  const recordEvent: RecordEvent = (what) => events.push({ at: performance.now(), what });
  const [postgres, redis] = await Promise.all([startPostgres(), RedisPair.start(recordEvent)]);
  await migrate({ url: postgres.url });
  const start = (name: string) =>
    startHost({ name, postgres, redis, settings: feedSettings, recordEvent });
  const processes = await Promise.all([start('a'), start('b'), start('c')]);
  const [first, ...rest] = processes;
  const clientPaths = [
    await openClientPath(first),
    ...(await Promise.all(rest.map(openClientPath))),
  ] as const;
  const database = await openDatabase({ url: postgres.url });
  const target = { processes, redis, postgres, isWritable: async () => true };
  return {
    processes,
    clientPaths,
    database,
    events,
    injectFaults: (random) => injectLanes(hostLanes, createHostsContext(target, random)),
    async stop() {
      await database.close();
      await Promise.all(clientPaths.map(({ path }) => path.close()));
      await Promise.all(processes.map((each) => each.stop()));
      await Promise.all(processes.map((host) => host.database.close()));
      await Promise.all([redis.stop(), postgres.stop()]);
    },
  };
}
