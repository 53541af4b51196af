import { readFileSync } from 'node:fs';
import type { KeyScene, Scene } from './scene.js';
import type { Fault } from './schedule-plan.js';

const endLease = readFileSync(new URL('./end-lease.lua', import.meta.url));

/** Makes a fault happen, to a key or to all of the schedule's Redis. */
export async function strike(fault: Fault, { key, history }: KeyScene, scene: Scene) {
  const { operator, keyspace, processes } = scene.lane;
  switch (fault) {
    case 'value evicted':
      return operator.del(keyspace.value(key));
    case 'fence evicted':
      return operator.del(keyspace.fence(key));
    case 'lease expired':
      return operator.eval(endLease, 1, keyspace.fence(key));
    case 'invalidation repeated':
      return processes[0].store.invalidate(key, scene.random.pick(history.versions));
    case 'everything lost':
      return scene.copy.lose();
    case 'copy taken':
      return scene.copy.take();
    case 'copy restored':
      scene.keys.forEach((each) => {
        each.history.failedOver();
      });
      return scene.copy.restore();
  }
}
