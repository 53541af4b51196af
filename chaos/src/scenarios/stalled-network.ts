import type { Scenario } from './stage.js';

/**
 * Commands, or their answers, are held up and arrive long after whoever sent them has given up:
 * a fill from before the outage lands in the middle of what came after.
 */
export const stalledNetwork: Scenario = {
  name: 'commands and answers arrive too late',
  async play({ processes, random, goOn }) {
    for (const what of random.shuffle(['requests', 'answers', 'everything'])) {
      const { pathToRedis } = random.pick(processes);
      pathToRedis.impair({ kind: 'stall', what });
      await goOn(700);
      pathToRedis.heal();
      await goOn(300);
    }
  },
};
