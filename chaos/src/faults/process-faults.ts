import type { Fault } from './fault.js';

/** API processes are killed during their writes, also between the commit and the invalidation. */
export const crashedApi: Fault = {
  name: 'API processes are killed',
  async inject({ processes: [first, second = first], wait }) {
    await first.crash(() => wait(300));
    await second.crash(() => wait(300));
  },
};

/** One API process is killed. */
export const crashedProcess: Fault = {
  name: 'an API process is killed',
  async inject({ processes: [first], wait }) {
    await first.crash(() => wait(300));
  },
};

/** An API process ends by SIGTERM during its reads, writes and streams. */
export const terminatedApi: Fault = {
  name: 'an API process ends by SIGTERM',
  async inject({ processes: [first], wait }) {
    await first.terminate(() => wait(100));
  },
};

/** An API process is stopped during its reads and writes, and continues with its old state. */
export const stoppedApi: Fault = {
  name: 'an API process is stopped (SIGSTOP)',
  async inject({ processes: [first, second = first], isWritable, wait }) {
    await first.pause(isWritable, () => wait(1300));
    await wait(300);
    await second.pause(isWritable, () => wait(600));
  },
};

/**
 * A process is stopped during a failover. It continues with a connection to the former primary,
 * which still replies but has got no changes since. The path is slow, so that replies to reads
 * arrive before the process can learn about the changes it has missed.
 */
export const pausedDuringFailover: Fault = {
  name: 'an API process is stopped during a failover',
  async inject({ processes, redis, isWritable, wait }) {
    const [paused, ...others] = processes;
    await redis.waitForReplica();
    paused.pathToRedis.impair({ kind: 'delay', ms: 15 });
    await paused.pause(isWritable, async () => {
      await redis.promoteReplica();
      for (const { pathToRedis } of others) {
        pathToRedis.connectTo(redis.primary.port);
      }
      await wait(2500);
    });
    await wait(400);
    await redis.demoteFormerPrimary('ends connections');
    paused.pathToRedis.heal();
    paused.pathToRedis.connectTo(redis.primary.port);
    await wait(400);
  },
};
