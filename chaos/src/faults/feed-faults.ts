import { endedSessions } from './database-faults.js';
import type { Fault, FaultContext, HostsContext } from './fault.js';
import { crashedProcess, terminatedApi } from './process-faults.js';
import { crashedRedis, flushedRedis } from './redis-faults.js';
import { crashedWorker, replacedWorkers } from './worker-faults.js';

/** Faults that follow each other. */
type Lane<Context> = readonly Fault<Context>[];

const redisLane = [crashedRedis, flushedRedis];

/** The faults of hosts on PostgreSQL while their feed is followed. */
export const hostLanes: readonly Lane<HostsContext>[] = [
  redisLane,
  [crashedProcess, endedSessions, terminatedApi],
];

/** The faults of a service of several workers. */
export const workerLanes: readonly Lane<FaultContext>[] = [
  redisLane,
  [crashedWorker, replacedWorkers, terminatedApi],
];

/** Injects the faults of each lane one after the other, and all lanes at the same time. */
export async function injectLanes<Context extends Pick<FaultContext, 'wait'>>(
  lanes: readonly Lane<Context & { split(): Context }>[],
  context: Context & { split(): Context & { split(): Context } },
): Promise<void> {
  await Promise.all(
    lanes.map(async (faults) => {
      for (const fault of faults) {
        await fault.inject(context.split());
        await context.wait(300);
      }
    }),
  );
}
