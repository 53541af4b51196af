import type { Demotion } from '../subject/redis-pair.js';
import type { Fault } from './fault.js';

/** Redis hangs with its connections open, and continues where it was. */
export const stoppedRedis: Fault = {
  name: 'Redis is stopped (SIGSTOP)',
  async inject({ redis, wait }) {
    await redis.pause(() => wait(2000));
  },
};

/** Redis is killed and restarts without data. */
export const crashedRedis: Fault = {
  name: 'Redis is killed and comes back empty',
  async inject({ redis, wait }) {
    await redis.restartEmpty(() => wait(1000));
    await wait(800);
  },
};

/** Redis is killed and restarts from an old snapshot, with values that were replaced since. */
export const oldSnapshot: Fault = {
  name: 'Redis comes back from an old snapshot',
  async inject({ redis, wait }) {
    await redis.command('SAVE');
    await wait(1200);
    await redis.restartFromSnapshot(() => wait(600));
    await wait(800);
  },
};

/** All keys are deleted again and again, including fences and the watermark. */
export const flushedRedis: Fault = {
  name: 'FLUSHALL deletes everything',
  async inject({ redis, wait }) {
    for (let round = 0; round < 6; round++) {
      await redis.command('FLUSHALL');
      await wait(350);
    }
  },
};

/**
 * A lagging replica is promoted, so that Redis loses its latest changes. The processes switch to it
 * one by one, so that there are two primaries for some time. The last process stays with the former
 * primary until that has become a replica, which has older data and refuses writes.
 */
export function promotedReplica(demotion: Demotion): Fault {
  return {
    name: `a lagging replica is promoted${demotion === 'keeps connections' ? ' by hand' : ''}`,
    async inject({ processes, redis, wait }) {
      await redis.waitForReplica();
      redis.replication.impair({ kind: 'stall', what: 'everything' });
      await wait(700);
      await redis.promoteReplica();
      redis.replication.resetConnections();
      redis.replication.heal();

      const [last, ...first] = processes;
      for (const { pathToRedis } of first) {
        pathToRedis.connectTo(redis.primary.port);
        await wait(500);
      }
      const demote = () => redis.demoteFormerPrimary(demotion);
      await (demotion === 'keeps connections' ? last.rollBackRedis(demote) : demote());
      await wait(500);
      last.pathToRedis.connectTo(redis.primary.port);
      await wait(400);
    },
  };
}
