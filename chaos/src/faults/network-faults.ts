import type { Scenario } from './stage.js';

/** One process cannot reach Redis, while the others can: its writes must reach their readers. */
export const cutOffProcess: Scenario = {
  name: 'one process is cut off from Redis',
  async play({ processes: [victim], goOn }) {
    victim.pathToRedis.impair({ kind: 'refuse' });
    await goOn(1200);
    victim.pathToRedis.heal();
    await goOn(600);
    victim.pathToRedis.impair({ kind: 'blackhole' });
    await goOn(1200);
    victim.pathToRedis.heal();
  },
};
