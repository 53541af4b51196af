import type { Scenario } from './stage.js';

/** An API process is stopped amid its reads and writes, and goes on with what it knew before. */
export const stoppedApi: Scenario = {
  name: 'an API process is stopped (SIGSTOP)',
  async play({ processes: [first, second = first], isWritable, goOn }) {
    await first.pause(isWritable, () => goOn(1300));
    await goOn(300);
    await second.pause(isWritable, () => goOn(600));
  },
};
