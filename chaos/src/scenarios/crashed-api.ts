import type { Scenario } from './stage.js';

/** API processes are killed amid their writes, after the commit and before the invalidation too. */
export const crashedApi: Scenario = {
  name: 'API processes are killed',
  async play({ processes: [first, second = first], goOn }) {
    await first.crash(() => goOn(300));
    await second.crash(() => goOn(300));
  },
};
