import { processFaults, redisFaults } from './all-faults.js';
import { databaseFaults } from './database-faults.js';
import type { Fault, FaultContext, HostsContext } from './fault.js';

/**
 * Creates a fault that injects random faults, two at the same time: one of Redis, and one of the
 * network or the API processes.
 *
 * @param seconds after this time, no further fault begins
 */
export function mixedFaults(seconds: number): Fault {
  return injectedTogether(seconds, redisFaults, processFaults);
}

/** Creates the same for hosts: the second fault may also be one of PostgreSQL. */
export function mixedFaultsOfHosts(seconds: number): Fault<HostsContext> {
  return injectedTogether(seconds, redisFaults, [...databaseFaults, ...processFaults]);
}

type Faults<Context> = readonly [Fault<Context>, ...Fault<Context>[]];
type Splittable<Context> = Omit<FaultContext, 'split'> & { split(): Context };

function injectedTogether<Context extends Splittable<Context>>(
  seconds: number,
  ...groups: readonly Faults<Context>[]
): Fault<Context> {
  return {
    name: `all of that happens at once for ${seconds} s`,
    async inject(context) {
      const deadline = performance.now() + seconds * 1000;
      await Promise.all(
        groups.map((faults) => injectRepeatedly(context.split(), faults, deadline)),
      );
    },
  };
}

async function injectRepeatedly<Context extends Splittable<Context>>(
  context: Context,
  faults: Faults<Context>,
  deadline: number,
): Promise<void> {
  while (performance.now() < deadline) {
    await context.random.pick(faults).inject(context.split());
    await context.wait(800);
  }
}
