import type { Scenario } from './stage.js';

/** Redis is killed and comes back with nothing. */
export const crashedRedis: Scenario = {
  name: 'Redis is killed and comes back empty',
  async play({ redis, goOn }) {
    await redis.restartEmpty(() => goOn(1000));
    await goOn(800);
  },
};
