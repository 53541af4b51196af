import type { CacheEvent } from './cache-event.js';
import type { CacheRead, Load } from './cache-read.js';
import type { Codec } from './codec.js';
import type { AcquireLease } from './lease-acquisition.js';
import type { LeasedLoad } from './leased-load.js';
import { asRead, loadText } from './loaded-text.js';
import type { Landing } from './single-flight.js';

/** What the miss path is made of. */
export interface MissPathOptions<V> {
  readonly codec: Codec<V>;
  readonly acquireLease: AcquireLease<V>;
  readonly loadUnderLease: LeasedLoad<V>;
  readonly onEvent: (event: CacheEvent) => void;
}

/** READ-OR-LEASE, load and FILL: one flight's work. */
export type MissPath<V> = (
  key: string,
  load: Load<V>,
  closeDoors: () => void,
) => Promise<Landing<CacheRead<V>>>;

/** Makes the miss path, which answers after its fill was acknowledged, refused or given up. */
export function createMissPath<V>(options: MissPathOptions<V>): MissPath<V> {
  const { codec, acquireLease, loadUnderLease, onEvent } = options;
  return async (key, load, closeDoors) => {
    const acquisition = await acquireLease(key);
    switch (acquisition.kind) {
      case 'value':
        return { result: acquisition.hit, current: false };
      case 'leased':
        return loadUnderLease({ key, load, token: acquisition.token, closeDoors });
      case 'contended':
        onEvent({ type: 'lease-contended', key });
        return { result: asRead('miss', await loadText(key, load, codec)), current: false };
      case 'unusable':
        return { result: asRead('bypass', await loadText(key, load, codec)), current: false };
    }
  };
}
