import type { Scenario } from './stage.js';

/**
 * A replica that lags behind takes over: what Redis learnt last is forgotten. The processes move to
 * it one by one, so that for some time there are two primaries; the last process stays until the
 * former primary has become a replica, which refuses writes.
 */
export const promotedReplica: Scenario = {
  name: 'a lagging replica is promoted',
  async play({ processes, redis, goOn }) {
    await redis.replicaInStep();
    redis.replication.impair({ kind: 'stall', what: 'everything' });
    await goOn(700);
    await redis.promoteReplica();
    redis.replication.resetConnections();
    redis.replication.heal();

    const [last, ...first] = processes;
    for (const { pathToRedis } of first) {
      pathToRedis.leadTo(redis.primary.port);
      await goOn(500);
    }
    await redis.demoteReplica();
    await goOn(500);
    last.pathToRedis.leadTo(redis.primary.port);
    await goOn(400);
  },
};
