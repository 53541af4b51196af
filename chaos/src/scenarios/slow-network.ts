import type { Scenario } from './stage.js';

/** Every process has another delay, from bearable to longer than a command may take. */
export const slowNetwork: Scenario = {
  name: 'the network is slow',
  async play({ processes, random, goOn }) {
    for (const { pathToRedis } of processes) {
      pathToRedis.impair({ kind: 'delay', ms: random.between(2, 40) });
    }
    await goOn(2000);
    for (const { pathToRedis } of processes) {
      pathToRedis.heal();
    }
  },
};
