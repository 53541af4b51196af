import type { CacheEvent } from './cache-event.js';
import type { CacheRead, Load, Loaded } from './cache-read.js';
import type { Codec } from './codec.js';
import type { Failsafe } from './failsafe.js';
import type { AcquireLease } from './lease-acquisition.js';
import type { Landing } from './single-flight.js';

/** What the miss path is made of. */
export interface MissPathOptions<V> {
  readonly codec: Codec<V>;
  readonly failsafe: Failsafe;
  readonly acquireLease: AcquireLease<V>;
  /** The life of a new entry, in milliseconds. */
  readonly entryTtlMs: () => number;
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
  const { codec, acquireLease, onEvent } = options;
  return async (key, load, closeDoors) => {
    const acquisition = await acquireLease(key);
    switch (acquisition.kind) {
      case 'value':
        return { result: acquisition.hit, current: false };
      case 'leased':
        return loadAndFill(options, { key, load, token: acquisition.token, closeDoors });
      case 'contended':
        onEvent({ type: 'lease-contended', key });
        return { result: asRead('miss', await loadText(key, load, codec)), current: false };
      case 'unusable':
        return { result: asRead('bypass', await loadText(key, load, codec)), current: false };
    }
  };
}

interface LeasedLoad<V> {
  readonly key: string;
  readonly token: string;
  readonly load: Load<V>;
  readonly closeDoors: () => void;
}

/** An accepted fill or a lease still held proves that no invalidation came since the load began. */
async function loadAndFill<V>(
  { codec, failsafe, entryTtlMs, onEvent }: MissPathOptions<V>,
  { key, token, load, closeDoors }: LeasedLoad<V>,
): Promise<Landing<CacheRead<V>>> {
  const release = () => failsafe('release', key, (store) => store.release(key, token));
  const loaded = await loadText(key, load, codec).catch(async (error) => {
    await release();
    throw error;
  });

  // Whoever comes from here on may come after an invalidation that follows the fill.
  closeDoors();
  const result = asRead('miss', loaded);
  if (loaded === undefined) {
    return { result, current: (await release()) === true };
  }
  const { text, version } = loaded;
  const fill = { token, text, version, ttlMs: entryTtlMs() };
  const answer = await failsafe('fill', key, (store) => store.fill(key, fill));
  if (answer === 'refused') {
    onEvent({ type: 'fill-refused', key, version });
  }
  return { result, current: answer === 'filled' };
}

interface LoadedText<V> extends Loaded<V> {
  readonly text: string;
}

async function loadText<V>(
  key: string,
  load: Load<V>,
  codec: Codec<V>,
): Promise<LoadedText<V> | undefined> {
  const loaded = await load(key);
  return loaded && { ...loaded, text: codec.encode(loaded.value) };
}

function asRead<V>(source: 'miss' | 'bypass', loaded: LoadedText<V> | undefined): CacheRead<V> {
  return loaded ? { source, text: loaded.text, value: loaded.value } : { source, value: undefined };
}
