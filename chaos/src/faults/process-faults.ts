import type { Scenario } from './stage.js';

/**
 * A process is stopped while a replica takes over, and goes on beside the former primary, which
 * answers as ever and has not been told of anything since. On a slow path to it, the answers to all
 * who have asked meanwhile are there before the process has learnt what it has missed.
 */
export const sleptThroughFailover: Scenario = {
  name: 'an API process sleeps through a failover',
  async play({ processes, redis, isWritable, goOn }) {
    const [sleeper, ...others] = processes;
    await redis.replicaInStep();
    sleeper.pathToRedis.impair({ kind: 'delay', ms: 15 });
    await sleeper.pause(isWritable, async () => {
      await redis.promoteReplica();
      for (const { pathToRedis } of others) {
        pathToRedis.leadTo(redis.primary.port);
      }
      await goOn(2500);
    });
    await goOn(400);
    await redis.demoteReplica('ends connections');
    sleeper.pathToRedis.heal();
    sleeper.pathToRedis.leadTo(redis.primary.port);
    await goOn(400);
  },
};
