import { LRUCache } from 'lru-cache';
import type { KnownExpiry } from '../read/leased-load.js';

const MAX_KEYS = 10_000;

/**
 * The expiries of entries, as far as this process knows them: a stored value is plain text and does
 * not contain its expiry. Keeps the 10,000 keys that were used last.
 */
export class KnownExpiries {
  readonly #entries = new LRUCache<string, KnownExpiry>({ max: MAX_KEYS });
  /** A moving average, used for entries that other processes have filled. */
  #usualLoadMs = 0;

  get(key: string): KnownExpiry | undefined {
    return this.#entries.get(key);
  }

  /** The average duration of a load, in milliseconds. */
  get usualLoadMs(): number {
    return this.#usualLoadMs;
  }

  /** Notes the expiry of an entry that this process has filled. */
  noteFill(key: string, entry: KnownExpiry): void {
    this.#usualLoadMs += (entry.loadMs - this.#usualLoadMs) / 10;
    this.#entries.set(key, entry);
  }

  /** Notes the expiry of an entry that another process has filled. */
  noteExpiry(key: string, expiresAt: number): void {
    this.#entries.set(key, { expiresAt, loadMs: this.#usualLoadMs });
  }

  /** Forgets an expiry that may have changed. */
  forget(key: string): void {
    this.#entries.delete(key);
  }
}
