import { bearerToken } from '../http/access/bearer-token.js';
import type { Unidentified } from '../http/access/key-identifier.js';
import { areSameHash, hashOf, idIn, isToken } from './api-key-token.js';
import type { KnownKey } from './known-key.js';
import { isExpired, type StoredApiKey } from './stored-api-key.js';
import { VerifiedTokens } from './verified-tokens.js';

/** The id of the key that the service is configured with. No other key has so short an id. */
const CONFIGURED_KEY_ID = 'admin';

/** The keys of the database in the memory of this process, and the key of its configuration. */
export class KeyRing {
  readonly #configured: KnownKey | undefined;
  readonly #clock: () => Date;
  readonly #verified = new VerifiedTokens();
  #stored: ReadonlyMap<string, KnownKey> = new Map();

  /** @param configured ADMIN_API_KEY, if it is set */
  constructor(configured: string | undefined, clock: () => Date) {
    this.#configured = configured === undefined ? undefined : configuredKey(configured);
    this.#clock = clock;
  }

  /** Replaces all keys of the database. */
  replace(keys: readonly StoredApiKey[]): void {
    this.#stored = new Map(keys.map((key) => [key.id, knownKey(key)]));
    this.#verified.clear();
  }

  /** Returns a key; undefined if there is none with the id. */
  get(id: string): KnownKey | undefined {
    return id === CONFIGURED_KEY_ID ? this.#configured : this.#stored.get(id);
  }

  /**
   * Returns the key in an `Authorization` header, or the reason why it is refused.
   *
   * @param isCurrent whether the keys of the database are as they are now. If not, a token that may
   *   be one of them is `outdated`.
   */
  identify(authorization: string, isCurrent: boolean): KnownKey | Unidentified {
    const key = this.#verified.get(authorization) ?? this.#verify(authorization);
    if (key === 'no-key' || key === 'malformed') {
      return key;
    }
    if (!isCurrent && key?.id !== CONFIGURED_KEY_ID) {
      return 'outdated';
    }
    if (key === undefined) {
      return 'unknown';
    }
    return key.expiresAt !== null && isExpired(key, this.#clock()) ? 'expired' : key;
  }

  /** Returns undefined for a token that may be a key, and is none of those that are known. */
  #verify(authorization: string): KnownKey | 'no-key' | 'malformed' | undefined {
    const token = bearerToken(authorization);
    if (token === undefined) {
      return 'no-key';
    }
    const hash = hashOf(token);
    const key = [this.#stored.get(idIn(token)), this.#configured].find(
      (candidate) => candidate !== undefined && areSameHash(candidate.hash, hash),
    );
    if (key !== undefined) {
      this.#verified.add(token, key);
      return key;
    }
    return isToken(token) ? undefined : 'malformed';
  }
}

function configuredKey(token: string): KnownKey {
  return {
    id: CONFIGURED_KEY_ID,
    name: 'ADMIN_API_KEY',
    scopes: new Set(['admin']),
    expiresAt: null,
    hash: hashOf(token),
  };
}

function knownKey({ id, name, scopes, expiresAt, hash }: StoredApiKey): KnownKey {
  return { id, name, scopes: new Set(scopes), expiresAt, hash };
}
