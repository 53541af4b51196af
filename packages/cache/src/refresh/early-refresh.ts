import { randomUUID } from 'node:crypto';
import type { CacheEvent } from '../read/cache-event.js';
import type { Load } from '../read/cache-read.js';
import type { Failsafe } from '../read/failsafe.js';
import type { LeasedLoad } from '../read/leased-load.js';
import type { KnownExpiries } from './known-expiries.js';
import { MAX_LEAD_IN_LOADS, refreshLeadMs } from './refresh-lead.js';

const MAX_IN_FLIGHT = 16;
const MAX_HITS_PER_LOOKUP = 1000;
/** With 50 hits a second, the expiry of a key is looked up five times in its life, on average. */
const HITS_PER_LOOKUP_AND_SECOND_OF_LIFE = 10;

/** Options for early refresh. */
export interface EarlyRefreshOptions<V> {
  readonly failsafe: Failsafe;
  readonly expiries: KnownExpiries;
  readonly loadUnderLease: LeasedLoad<V>;
  /** Milliseconds after which another reader may take a lease. */
  readonly leaseMs: number;
  /** The longest time to live of an entry, in seconds. */
  readonly ttlSeconds: number;
  /** The β of XFetch: larger values refresh earlier; 0 switches early refresh off. */
  readonly beta: number;
  /** The shortest load time that is assumed, in milliseconds. */
  readonly leadMs: number;
  /** A monotonic clock, in milliseconds. */
  readonly now: () => number;
  /** Returns a number from 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number;
  readonly onEvent: (event: CacheEvent) => void;
}

/**
 * Called after each hit; starts a refresh if this hit is chosen for it. Never throws.
 *
 * @param hitAt the time of the hit on the cache's clock
 */
export type EarlyRefresh<V> = (key: string, load: Load<V>, hitAt: number) => void;

/**
 * Creates the early refresh: entries are loaded again in the background shortly before they expire,
 * so that readers of a hot key never wait for a load.
 *
 * The expiry of an entry is known if this process filled it. Otherwise a random sample of its hits
 * looks the expiry up in the store, in the background; a hot key has enough hits for that. The
 * store gives a lease only if the entry is about to expire, so an entry that another process has
 * refreshed is not loaded again. At most 16 keys are looked up or loaded at a time.
 */
export function createEarlyRefresh<V>(options: EarlyRefreshOptions<V>): EarlyRefresh<V> {
  const { expiries, ttlSeconds, beta, leadMs, random } = options;
  const hitsPerLookup = Math.min(
    MAX_HITS_PER_LOOKUP,
    HITS_PER_LOOKUP_AND_SECOND_OF_LIFE * ttlSeconds,
  );
  const inFlight = new Set<string>();

  function start(key: string, load: Load<V>, withinMs: number): void {
    if (inFlight.size < MAX_IN_FLIGHT && !inFlight.has(key)) {
      inFlight.add(key);
      void refresh(options, key, load, withinMs).finally(() => inFlight.delete(key));
    }
  }

  return (key, load, hitAt) => {
    if (beta === 0) {
      return;
    }
    const entry = expiries.get(key);
    if (entry === undefined) {
      if (random() * hitsPerLookup < 1) {
        start(key, load, refreshLeadMs(Math.max(leadMs, expiries.usualLoadMs), beta, random));
      }
      return;
    }
    const loadMs = Math.max(leadMs, entry.loadMs);
    const leftMs = entry.expiresAt - hitAt;
    if (leftMs > MAX_LEAD_IN_LOADS * beta * loadMs) {
      return;
    }
    const withinMs = refreshLeadMs(loadMs, beta, random);
    if (leftMs <= withinMs) {
      start(key, load, withinMs);
    }
  };
}

async function refresh<V>(
  { failsafe, expiries, leaseMs, now, loadUnderLease, onEvent }: EarlyRefreshOptions<V>,
  key: string,
  load: Load<V>,
  withinMs: number,
): Promise<void> {
  // Each attempt has its own token: one that timed out may have left its token in the store.
  const token = randomUUID();
  const lease = await failsafe('lease-to-refresh', key, (store) =>
    store.leaseToRefresh(key, { token, leaseMs, withinMs }),
  );
  if (lease?.kind === 'fresh') {
    expiries.noteExpiry(key, now() + lease.expiresInMs);
    return;
  }
  // If this refresh fails, the next one starts only at random, to spare a source that is down.
  expiries.forget(key);
  if (lease?.kind !== 'leased') {
    return;
  }
  try {
    const { current } = await loadUnderLease({ key, token, load });
    if (current) {
      onEvent({ type: 'refreshed', key });
    }
  } catch (error) {
    onEvent({ type: 'refresh-failed', key, error });
  }
}
