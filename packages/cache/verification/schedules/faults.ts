import { readFileSync } from 'node:fs';
import type { Fault } from './configuration.js';
import type { KeyUnderTest, Run } from './run.js';

const endLease = readFileSync(new URL('./end-lease.lua', import.meta.url));

/** Injects a fault that affects one key, or all of the run's keys in Redis. */
export async function injectFault(fault: Fault, { key, history }: KeyUnderTest, run: Run) {
  const { environment } = run;
  const { operator, keyspace } = environment;
  switch (fault) {
    case 'value evicted':
      return operator.del(keyspace.value(key));
    case 'fence evicted':
      return operator.del(keyspace.fence(key));
    case 'lease expired':
      return operator.eval(endLease, 1, keyspace.fence(key));
    case 'invalidation repeated':
      return environment.connections[0].store.invalidate(key, run.random.pick(history.versions));
    case 'everything lost':
      return run.copy.deleteKeys();
    case 'copy taken':
      return run.copy.take();
    case 'copy restored':
      for (const tested of run.keys) {
        tested.history.recordFailover();
      }
      return run.copy.restore();
  }
}
