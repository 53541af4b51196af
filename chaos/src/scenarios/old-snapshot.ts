import type { Scenario } from './stage.js';

/** Redis is killed and comes back as it was some time ago, with values that were replaced since. */
export const oldSnapshot: Scenario = {
  name: 'Redis comes back from an old snapshot',
  async play({ redis, goOn }) {
    await redis.command('SAVE');
    await goOn(1200);
    await redis.restartFromSnapshot(() => goOn(600));
    await goOn(800);
  },
};
