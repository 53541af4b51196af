import type { Demotion } from '../deployment/redis-pair.js';
import type { Scenario } from './stage.js';

/**
 * A replica that lags behind takes over: what Redis learnt last is forgotten. The processes move to
 * it one by one, so that for some time there are two primaries; the last process stays until the
 * former primary has become a replica, with older data, which refuses writes.
 */
export function promotedReplica(demotion: Demotion): Scenario {
  return {
    name: `a lagging replica is promoted${demotion === 'keeps connections' ? ' by hand' : ''}`,
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
      const demote = () => redis.demoteReplica(demotion);
      await (demotion === 'keeps connections' ? last.setBack(demote) : demote());
      await goOn(500);
      last.pathToRedis.leadTo(redis.primary.port);
      await goOn(400);
    },
  };
}
