import type { Fill } from '../store/cache-store.js';
import type { CacheEvent } from './cache-event.js';
import type { CacheRead, Load } from './cache-read.js';
import { ABSENCE_TEXT, type Codec } from './codec.js';
import type { Failsafe } from './failsafe.js';
import { asRead, type LoadedText, loadText } from './loaded-text.js';
import type { FlightResult } from './single-flight.js';

/** The known expiry of an entry in the store. */
export interface KnownExpiry {
  /** The time of its expiry on the cache's clock. */
  readonly expiresAt: number;
  /** The measured or estimated duration of its load, in milliseconds. */
  readonly loadMs: number;
}

/** Options for loads under a lease. */
export interface LeasedLoadOptions<V> {
  readonly codec: Codec<V>;
  readonly failsafe: Failsafe;
  /** Returns the time to live of a new entry, in milliseconds. */
  readonly entryTtlMs: () => number;
  /** Returns the time to live of a stored absence, in milliseconds; undefined: do not store it. */
  readonly absenceTtlMs?: (() => number) | undefined;
  /** A monotonic clock, in milliseconds. */
  readonly now: () => number;
  /** Called after each fill. */
  readonly onFilled: (key: string, entry: KnownExpiry) => void;
  readonly onEvent: (event: CacheEvent) => void;
}

/** A load by the holder of a lease. */
export interface Lease<V> {
  readonly key: string;
  readonly token: string;
  readonly load: Load<V>;
  /** Called when the value is loaded, before it is stored. */
  readonly onLoaded?: () => void;
}

/** Loads a key and FILLs it under a lease, which then ends. Rejects with the load's error. */
export type LeasedLoad<V> = (lease: Lease<V>) => Promise<FlightResult<CacheRead<V>>>;

/**
 * Creates the function that loads under a lease. Its result is current if the fill was accepted or
 * the lease was still held, which proves that no invalidation came since the load began.
 */
export function createLeasedLoad<V>(options: LeasedLoadOptions<V>): LeasedLoad<V> {
  const { codec, failsafe, now, onEvent, onFilled } = options;
  return async ({ key, token, load, onLoaded }) => {
    const release = () => failsafe('release', key, (store) => store.release(key, token));
    const startedAt = now();
    const loaded = await loadText(key, load, codec).catch(async (error) => {
      await release();
      throw error;
    });

    // A caller that comes from now on may come after an invalidation that follows the fill.
    onLoaded?.();
    const result = asRead('miss', loaded);
    const fill = createFill(options, token, loaded);
    if (fill === undefined) {
      return { result, current: (await release()) === true };
    }
    const loadedAt = now();
    const filled = await failsafe('fill', key, (store) => store.fill(key, fill));
    if (filled === 'filled') {
      onFilled(key, { expiresAt: loadedAt + fill.ttlMs, loadMs: loadedAt - startedAt });
    } else if (filled === 'refused') {
      onEvent({ type: 'fill-refused', key, version: loaded?.version });
    }
    return { result, current: filled === 'filled' };
  };
}

function createFill<V>(
  { entryTtlMs, absenceTtlMs }: LeasedLoadOptions<V>,
  token: string,
  loaded: LoadedText<V> | undefined,
): Fill | undefined {
  if (loaded) {
    return { token, text: loaded.text, version: loaded.version, ttlMs: entryTtlMs() };
  }
  // An absent value has no version: the lease alone proves that nothing was created meanwhile.
  const version = Number.MAX_SAFE_INTEGER;
  return absenceTtlMs && { token, text: ABSENCE_TEXT, version, ttlMs: absenceTtlMs() };
}
