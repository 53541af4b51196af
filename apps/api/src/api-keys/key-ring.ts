import type { Scope } from '@product-api/contract';
import type { KeyHolder, Unidentified } from '../http/access/key-identifier.js';
import { areSameHash, hashOf, idIn, isToken } from './api-key-token.js';
import { isExpired, type StoredApiKey } from './stored-api-key.js';

/** The id of the key that the service is configured with. No other key has so short an id. */
export const CONFIGURED_KEY_ID = 'admin';

/** A key that this process can identify. */
export interface HeldKey extends KeyHolder, Pick<StoredApiKey, 'name' | 'expiresAt'> {
  readonly hash: string;
}

/** The keys of the database in the memory of this process, and the key of its configuration. */
export class KeyRing {
  readonly #configured: HeldKey | undefined;
  readonly #clock: () => Date;
  #stored: ReadonlyMap<string, HeldKey> = new Map();

  /** @param configured ADMIN_API_KEY, if it is set */
  constructor(configured: string | undefined, clock: () => Date) {
    this.#configured = configured === undefined ? undefined : configuredKey(configured);
    this.#clock = clock;
  }

  /** Replaces all keys of the database. */
  replace(keys: readonly StoredApiKey[]): void {
    this.#stored = new Map(keys.map((key) => [key.id, heldKey(key)]));
  }

  /** Returns a key; undefined if there is none with the id. */
  get(id: string): HeldKey | undefined {
    return id === CONFIGURED_KEY_ID ? this.#configured : this.#stored.get(id);
  }

  /**
   * Returns the key that a token is, or why it is none.
   *
   * @param isCurrent whether the keys of the database are as they are now. If not, a token that may
   *   be one of them is `outdated`.
   */
  identify(token: string, isCurrent: boolean): HeldKey | Unidentified {
    const hash = hashOf(token);
    const stored = this.#stored.get(idIn(token));
    if (stored !== undefined && areSameHash(stored.hash, hash)) {
      if (!isCurrent) {
        return 'outdated';
      }
      return isExpired(stored, this.#clock()) ? 'expired' : stored;
    }
    if (this.#configured !== undefined && areSameHash(this.#configured.hash, hash)) {
      return this.#configured;
    }
    if (!isToken(token)) {
      return 'malformed';
    }
    return isCurrent ? 'unknown' : 'outdated';
  }
}

function configuredKey(token: string): HeldKey {
  return {
    id: CONFIGURED_KEY_ID,
    name: 'ADMIN_API_KEY',
    scopes: new Set<Scope>(['admin']),
    expiresAt: null,
    hash: hashOf(token),
  };
}

function heldKey({ id, name, scopes, expiresAt, hash }: StoredApiKey): HeldKey {
  return { id, name, scopes: new Set(scopes), expiresAt, hash };
}
