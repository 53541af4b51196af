import { randomUUID } from 'node:crypto';
import type { CacheEvent } from '../read/cache-event.js';
import type { Load } from '../read/cache-read.js';
import type { Failsafe } from '../read/failsafe.js';
import type { LeasedLoad } from '../read/leased-load.js';
import type { KnownExpiries } from './known-expiries.js';
import { longestDraw, refreshLeadMs } from './refresh-lead.js';

const maxUnderWay = 16;
const mostHitsPerAsk = 1000;
/** With 50 hits a second a key is asked about five times in its life, on average. */
const hitsPerAskAndSecondOfLife = 10;

/** How early refresh works. */
export interface EarlyRefreshOptions<V> {
  readonly failsafe: Failsafe;
  readonly book: KnownExpiries;
  readonly loadUnderLease: LeasedLoad<V>;
  /** Milliseconds after which another reader may take a lease. */
  readonly leaseMs: number;
  /** The longest life of an entry, in seconds. */
  readonly ttlSeconds: number;
  /** The β of XFetch: greater refreshes earlier; 0: never. */
  readonly beta: number;
  /** Milliseconds that a load is taken to last at least. */
  readonly leadMs: number;
  /** The clock, in milliseconds from any start. */
  readonly now: () => number;
  /** A number from 0 up to, not including, 1. */
  readonly random: () => number;
  readonly onEvent: (event: CacheEvent) => void;
}

/** To be called after each hit; starts a refresh if this hit is the one to do it. Never throws. */
export type EarlyRefresh<V> = (key: string, load: Load<V>) => void;

/**
 * Makes the early refresh: entries are loaded anew shortly before they expire, in the background,
 * so that a hot key's readers never wait for a load.
 *
 * When an entry expires is known from a fill of this process, or by asking the store: now and then
 * a hit of an unknown key asks, behind its answer, as those of a busy key do in time. The store
 * gives a lease only if the entry is as near its end as was thought, so what another process has
 * refreshed is not loaded again. At most 16 keys are asked about or loaded at a time.
 */
export function createEarlyRefresh<V>(options: EarlyRefreshOptions<V>): EarlyRefresh<V> {
  const { book, ttlSeconds, beta, leadMs, now, random } = options;
  const hitsPerAsk = Math.min(mostHitsPerAsk, hitsPerAskAndSecondOfLife * ttlSeconds);
  const underWay = new Set<string>();

  function start(key: string, load: Load<V>, withinMs: number): void {
    if (underWay.size < maxUnderWay && !underWay.has(key)) {
      underWay.add(key);
      void refresh(options, key, load, withinMs).finally(() => underWay.delete(key));
    }
  }

  return (key, load) => {
    if (beta === 0) {
      return;
    }
    const entry = book.get(key);
    if (entry === undefined) {
      if (random() * hitsPerAsk < 1) {
        start(key, load, refreshLeadMs(Math.max(leadMs, book.usualLoadMs), beta, random));
      }
      return;
    }
    const loadMs = Math.max(leadMs, entry.loadMs);
    const leftMs = entry.expiresAt - now();
    if (leftMs > longestDraw * beta * loadMs) {
      return;
    }
    const withinMs = refreshLeadMs(loadMs, beta, random);
    if (leftMs <= withinMs) {
      start(key, load, withinMs);
    }
  };
}

async function refresh<V>(
  { failsafe, book, leaseMs, now, loadUnderLease, onEvent }: EarlyRefreshOptions<V>,
  key: string,
  load: Load<V>,
  withinMs: number,
): Promise<void> {
  // Fresh for every attempt: one that timed out may have left its token in the store.
  const token = randomUUID();
  const answer = await failsafe('lease-to-refresh', key, (store) =>
    store.leaseToRefresh(key, { token, leaseMs, withinMs }),
  );
  if (answer?.kind === 'fresh') {
    book.learned(key, now() + answer.expiresInMs);
    return;
  }
  // What is not filled now is looked at again only by chance: a source that is down has its peace.
  book.forget(key);
  if (answer?.kind !== 'leased') {
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
