import type { KnownKey } from './known-key.js';

/**
 * Remembers the key of each token that was verified, by the `Authorization` header that clients
 * usually send it with, so that a token is parsed and hashed once and not with each request. It is
 * as large as the list of keys at most: a text that is not a key is not kept.
 *
 * The time of a look-up tells nothing about the tokens: JavaScript engines hash strings with a
 * random seed, and compare only strings with the same hash.
 */
export class VerifiedTokens {
  readonly #keys = new Map<string, KnownKey>();

  get(authorization: string): KnownKey | undefined {
    return this.#keys.get(authorization);
  }

  add(token: string, key: KnownKey): void {
    this.#keys.set(`Bearer ${token}`, key);
  }

  /** Forgets all tokens, as their keys may have changed. */
  clear(): void {
    this.#keys.clear();
  }
}
