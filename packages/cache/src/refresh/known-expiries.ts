import { LRUCache } from 'lru-cache';
import type { KnownExpiry } from '../read/leased-load.js';

const maxKeys = 10_000;

/**
 * When entries expire, as far as this process knows: a value in the store is plain text and does
 * not say. The 10,000 keys noted last are remembered.
 */
export class KnownExpiries {
  readonly #entries = new LRUCache<string, KnownExpiry>({ max: maxKeys });
  /** A moving average, for entries that other processes have filled. */
  #usualLoadMs = 0;

  get(key: string): KnownExpiry | undefined {
    return this.#entries.get(key);
  }

  /** How many milliseconds a load takes usually. */
  get usualLoadMs(): number {
    return this.#usualLoadMs;
  }

  /** Takes note of an entry that this process has filled. */
  filled(key: string, entry: KnownExpiry): void {
    this.#usualLoadMs += (entry.loadMs - this.#usualLoadMs) / 10;
    this.#entries.set(key, entry);
  }

  /** Takes note of an entry that another process has filled. */
  learned(key: string, expiresAt: number): void {
    this.#entries.set(key, { expiresAt, loadMs: this.#usualLoadMs });
  }

  /** Forgets an entry that is not there any more, or not known well. */
  forget(key: string): void {
    this.#entries.delete(key);
  }
}
