import { processScenarios, redisScenarios } from './scenarios.js';
import type { Scenario, Stage } from './stage.js';

/**
 * One scenario after the other by chance, on two tracks at once: what happens to Redis, and what
 * happens to the network and the API processes.
 *
 * @param seconds after how long no further one begins
 */
export function mixedSchedule(seconds: number): Scenario {
  return {
    name: `all of that happens at once for ${seconds} s`,
    async play(stage) {
      const deadline = performance.now() + seconds * 1000;
      await Promise.all([
        playTrack(stage.split(), redisScenarios, deadline),
        playTrack(stage.split(), processScenarios, deadline),
      ]);
    },
  };
}

async function playTrack(
  stage: Stage,
  track: readonly [Scenario, ...Scenario[]],
  deadline: number,
): Promise<void> {
  while (performance.now() < deadline) {
    await stage.random.pick(track).play(stage.split());
    await stage.goOn(800);
  }
}
