import type { Scenario } from './stage.js';

/** Redis hangs, connections and all, and goes on where it was. */
export const stoppedRedis: Scenario = {
  name: 'Redis is stopped (SIGSTOP)',
  async play({ redis, goOn }) {
    await redis.pause(() => goOn(2000));
  },
};
