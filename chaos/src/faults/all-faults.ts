import { brokenConnections } from './broken-connections.js';
import { crashedApi } from './crashed-api.js';
import { crashedRedis } from './crashed-redis.js';
import { cutOffProcess } from './cut-off-process.js';
import { flushedRedis } from './flushed-redis.js';
import { noFault } from './no-fault.js';
import { oldSnapshot } from './old-snapshot.js';
import { promotedReplica } from './promoted-replica.js';
import { sleptThroughFailover } from './slept-through-failover.js';
import { slowNetwork } from './slow-network.js';
import type { Scenario } from './stage.js';
import { stalledNetwork } from './stalled-network.js';
import { stoppedApi } from './stopped-api.js';
import { stoppedRedis } from './stopped-redis.js';

/** What happens to Redis. */
export const redisScenarios: readonly [Scenario, ...Scenario[]] = [
  stoppedRedis,
  crashedRedis,
  oldSnapshot,
  flushedRedis,
  promotedReplica('ends connections'),
  promotedReplica('keeps connections'),
];

/** What happens to the network and the API processes, whatever happens to Redis. */
export const processScenarios: readonly [Scenario, ...Scenario[]] = [
  slowNetwork,
  cutOffProcess,
  stalledNetwork,
  brokenConnections,
  crashedApi,
  stoppedApi,
];

/** Everything that is tried by itself. */
export const scenarios: readonly Scenario[] = [
  noFault,
  ...processScenarios,
  ...redisScenarios,
  sleptThroughFailover,
];
