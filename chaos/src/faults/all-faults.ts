import type { Fault } from './fault.js';
import {
  brokenConnections,
  isolatedProcess,
  slowNetwork,
  stalledNetwork,
} from './network-faults.js';
import { crashedApi, pausedDuringFailover, stoppedApi } from './process-faults.js';
import {
  crashedRedis,
  flushedRedis,
  oldSnapshot,
  promotedReplica,
  stoppedRedis,
} from './redis-faults.js';

/** The baseline: no fault. */
export const noFault: Fault = {
  name: 'nothing goes wrong',
  inject: (context) => context.wait(1200),
};

/** Faults of Redis. */
export const redisFaults: readonly [Fault, ...Fault[]] = [
  stoppedRedis,
  crashedRedis,
  oldSnapshot,
  flushedRedis,
  promotedReplica('ends connections'),
  promotedReplica('keeps connections'),
];

/** Faults of the network and the API processes. They can run together with a fault of Redis. */
export const processFaults: readonly [Fault, ...Fault[]] = [
  slowNetwork,
  isolatedProcess,
  stalledNetwork,
  brokenConnections,
  crashedApi,
  stoppedApi,
];

/** All faults that are tested one by one. */
export const allFaults: readonly Fault[] = [
  noFault,
  ...processFaults,
  ...redisFaults,
  pausedDuringFailover,
];
