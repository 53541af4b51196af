import type { CacheEvent } from './cache-event.js';
import type { CacheRead, Load } from './cache-read.js';
import type { Codec } from './codec.js';
import type { AcquireLease } from './lease-acquisition.js';
import type { LeasedLoad } from './leased-load.js';
import { asRead, loadText } from './loaded-text.js';
import type { FlightResult } from './single-flight.js';

/** Options for the miss path. */
export interface MissPathOptions<V> {
  readonly codec: Codec<V>;
  readonly acquireLease: AcquireLease<V>;
  readonly loadUnderLease: LeasedLoad<V>;
  readonly onEvent: (event: CacheEvent) => void;
}

/** Callbacks of the miss path. */
export interface MissPathHooks {
  /** Called when the value is loaded, before the fill. */
  readonly onLoaded: () => void;
  /** Called when another reader holds the lease. */
  readonly onWait?: () => void;
}

/** Runs READ-OR-LEASE, load and FILL for one flight. */
export type MissPath<V> = (
  key: string,
  load: Load<V>,
  hooks: MissPathHooks,
) => Promise<FlightResult<CacheRead<V>>>;

/** Creates the miss path. It returns after its fill was accepted or refused, or has failed. */
export function createMissPath<V>(options: MissPathOptions<V>): MissPath<V> {
  const { codec, acquireLease, loadUnderLease, onEvent } = options;
  return async (key, load, { onLoaded, onWait = () => undefined }) => {
    const acquisition = await acquireLease(key, onWait);
    switch (acquisition.kind) {
      case 'value':
        return { result: acquisition.hit, current: false };
      case 'leased':
        return loadUnderLease({ key, load, token: acquisition.token, onLoaded });
      case 'contended':
        onEvent({ type: 'lease-contended', key });
        return { result: asRead('miss', await loadText(key, load, codec)), current: false };
      case 'unusable':
        return { result: asRead('bypass', await loadText(key, load, codec)), current: false };
    }
  };
}
