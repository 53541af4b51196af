import type { CacheRead, Load } from './cache-read.js';
import { LoadBarrier } from './load-barrier.js';
import type { MissPath } from './miss-path.js';
import type { SingleFlight } from './single-flight.js';

/** Options for loads of several keys. */
export interface LoadManyOptions<V> {
  readonly flights: SingleFlight<CacheRead<V>>;
  readonly followMissPath: MissPath<V>;
}

/** Loads different keys, each in a flight of its own. Rejects with the first error of a load. */
export type LoadMany<V> = (
  keys: readonly string[],
  load: Load<V>,
) => Promise<ReadonlyMap<string, CacheRead<V>>>;

/**
 * Creates the function that loads several keys. Their loads begin together, after READ-OR-LEASE of
 * all; a key that another reader is filling does not delay the others.
 */
export function createLoadMany<V>({ flights, followMissPath }: LoadManyOptions<V>): LoadMany<V> {
  return async (keys, load) => {
    const barrier = new LoadBarrier(keys);
    const loadTogether: Load<V> = (key) => barrier.wait(key).then(() => load(key));

    async function read(key: string): Promise<[string, CacheRead<V>]> {
      const pass = () => barrier.pass(key);
      let hasBegun = false;
      const flight = flights.run(key, (onLoaded) => {
        hasBegun = true;
        return followMissPath(key, loadTogether, { onLoaded, onWait: pass }).finally(pass);
      });
      // `run` begins a flight at once, or waits for one that another caller has begun.
      if (!hasBegun) {
        pass();
      }
      return [key, await flight];
    }

    return new Map(await Promise.all(keys.map(read)));
  };
}
