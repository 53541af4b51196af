import type { Fill } from '../store/cache-store.js';
import { absenceText } from './absence.js';
import type { CacheEvent } from './cache-event.js';
import type { CacheRead, Load } from './cache-read.js';
import type { Codec } from './codec.js';
import type { Failsafe } from './failsafe.js';
import { asRead, type LoadedText, loadText } from './loaded-text.js';
import type { Landing } from './single-flight.js';

/** What is known of an entry in the store. */
export interface KnownExpiry {
  /** When it expires, by the cache's clock. */
  readonly expiresAt: number;
  /** How many milliseconds its load took, or is taken to last. */
  readonly loadMs: number;
}

/** What loading under a lease needs. */
export interface LeasedLoadOptions<V> {
  readonly codec: Codec<V>;
  readonly failsafe: Failsafe;
  /** The life of a new entry, in milliseconds. */
  readonly entryTtlMs: () => number;
  /** The life of the knowledge that there is no such thing, in milliseconds; absent: not stored. */
  readonly absenceTtlMs?: (() => number) | undefined;
  /** The clock, in milliseconds from any start. */
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
  /** Called when the load has read what it will answer, before it is stored. */
  readonly closeDoors?: () => void;
}

/** Loads and FILLs under a lease, which ends with it; rejects as the load does. */
export type LeasedLoad<V> = (lease: Lease<V>) => Promise<Landing<CacheRead<V>>>;

/**
 * Makes loads under a lease. Their result is current when the fill was accepted or the lease was
 * still held, which proves that no invalidation came since the load began.
 */
export function createLeasedLoad<V>(options: LeasedLoadOptions<V>): LeasedLoad<V> {
  const { codec, failsafe, now, onEvent, onFilled } = options;
  return async ({ key, token, load, closeDoors }) => {
    const release = () => failsafe('release', key, (store) => store.release(key, token));
    const startedAt = now();
    const loaded = await loadText(key, load, codec).catch(async (error) => {
      await release();
      throw error;
    });

    // Whoever comes from here on may come after an invalidation that follows the fill.
    closeDoors?.();
    const result = asRead('miss', loaded);
    const fill = makeFill(options, token, loaded);
    if (fill === undefined) {
      return { result, current: (await release()) === true };
    }
    const loadedAt = now();
    const answer = await failsafe('fill', key, (store) => store.fill(key, fill));
    if (answer === 'filled') {
      onFilled(key, { expiresAt: loadedAt + fill.ttlMs, loadMs: loadedAt - startedAt });
    } else if (answer === 'refused') {
      onEvent({ type: 'fill-refused', key, version: loaded?.version });
    }
    return { result, current: answer === 'filled' };
  };
}

function makeFill<V>(
  { entryTtlMs, absenceTtlMs }: LeasedLoadOptions<V>,
  token: string,
  loaded: LoadedText<V> | undefined,
): Fill | undefined {
  if (loaded) {
    return { token, text: loaded.text, version: loaded.version, ttlMs: entryTtlMs() };
  }
  // What is not there has no version: the lease alone proves that nothing was created meanwhile.
  const version = Number.MAX_SAFE_INTEGER;
  return absenceTtlMs && { token, text: absenceText, version, ttlMs: absenceTtlMs() };
}
