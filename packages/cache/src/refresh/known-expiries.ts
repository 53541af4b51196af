import type { KnownExpiry } from '../read/leased-load.js';

const MAX_KEYS = 10_000;

/**
 * The expiries of entries, as far as this process knows them: a stored value is plain text and does
 * not contain its expiry. Keeps the 10,000 that were noted last, so that a hit does not have to
 * note that it used one: the expiry of a hot key that was dropped is soon looked up again.
 */
export class KnownExpiries {
  /** In the order in which they were noted. */
  readonly #entries = new Map<string, KnownExpiry>();
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
    this.#note(key, entry);
  }

  /** Notes the expiry of an entry that another process has filled. */
  noteExpiry(key: string, expiresAt: number): void {
    this.#note(key, { expiresAt, loadMs: this.#usualLoadMs });
  }

  /** Forgets an expiry that may have changed. */
  forget(key: string): void {
    this.#entries.delete(key);
  }

  #note(key: string, entry: KnownExpiry): void {
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    if (this.#entries.size > MAX_KEYS) {
      const [oldest = key] = this.#entries.keys();
      this.#entries.delete(oldest);
    }
  }
}
