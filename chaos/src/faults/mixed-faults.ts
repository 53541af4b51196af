import { processFaults, redisFaults } from './all-faults.js';
import type { Fault, FaultContext } from './fault.js';

/**
 * Creates a fault that injects random faults, two at the same time: one of Redis, and one of the
 * network or the API processes.
 *
 * @param seconds after this time, no further fault begins
 */
export function mixedFaults(seconds: number): Fault {
  return {
    name: `all of that happens at once for ${seconds} s`,
    async inject(context) {
      const deadline = performance.now() + seconds * 1000;
      await Promise.all([
        injectRepeatedly(context.split(), redisFaults, deadline),
        injectRepeatedly(context.split(), processFaults, deadline),
      ]);
    },
  };
}

async function injectRepeatedly(
  context: FaultContext,
  faults: readonly [Fault, ...Fault[]],
  deadline: number,
): Promise<void> {
  while (performance.now() < deadline) {
    await context.random.pick(faults).inject(context.split());
    await context.wait(800);
  }
}
