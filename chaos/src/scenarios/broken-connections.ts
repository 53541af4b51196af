import type { Scenario } from './stage.js';

/** Connections are reset, or end without either side being told, while new ones work at once. */
export const brokenConnections: Scenario = {
  name: 'connections are reset or half open',
  async play({ processes, random, goOn }) {
    for (let round = 0; round < 6; round++) {
      const { pathToRedis } = random.pick(processes);
      if (round % 2 === 0) {
        pathToRedis.abandonConnections();
      } else {
        pathToRedis.resetConnections();
      }
      await goOn(400);
    }
  },
};
