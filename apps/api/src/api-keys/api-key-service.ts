import {
  type ApiKey,
  type ApiKeyList,
  type CreateApiKey,
  type CreatedApiKey,
  MAX_API_KEYS,
  type OwnApiKey,
  type RotateApiKey,
  type Scope,
  scopes,
} from '@product-api/contract';
import { ApiKeyLimitError, ApiKeyNotFoundError, ExpiryInPastError } from './api-key-errors.js';
import type { ApiKeyRepository } from './api-key-repository.js';
import { hashOf, newToken } from './api-key-token.js';
import type { CurrentKeys } from './current-keys.js';
import { isExpired, type StoredApiKey } from './stored-api-key.js';

/** Options for the service of keys. */
export interface ApiKeyServiceOptions {
  readonly repository: ApiKeyRepository;
  /** The keys that this process identifies requests by. */
  readonly keys: Pick<CurrentKeys, 'applyChange' | 'get'>;
  readonly clock: () => Date;
}

/** The use cases of API keys. */
export class ApiKeyService {
  readonly #repository: ApiKeyRepository;
  readonly #keys: ApiKeyServiceOptions['keys'];
  readonly #clock: () => Date;

  constructor({ repository, keys, clock }: ApiKeyServiceOptions) {
    this.#repository = repository;
    this.#keys = keys;
    this.#clock = clock;
  }

  /**
   * Makes a key, and returns it with its secret.
   *
   * @throws {ExpiryInPastError} when it would have expired already
   * @throws {ApiKeyLimitError} when there are as many keys as there can be
   */
  async create({ name, scopes, expires_at }: CreateApiKey): Promise<CreatedApiKey> {
    const createdAt = this.#clock();
    const expiresAt = timeOf(expires_at ?? null);
    if (isExpired({ expiresAt }, createdAt)) {
      throw new ExpiryInPastError();
    }
    const { id, token } = newToken();
    const { added } = await this.#repository.change((keys) => {
      requireRoom(keys);
      const hash = hashOf(token);
      return { added: { id, hash, name, scopes: inOrder(scopes), createdAt, expiresAt } };
    });
    await this.#keys.applyChange();
    return { ...represent(added), key: token };
  }

  /** Returns all keys without their secrets, the newest first, also expired ones. */
  async list(): Promise<ApiKeyList> {
    const keys = await this.#repository.all();
    return { items: keys.toSorted(newestFirst).map(represent) };
  }

  /**
   * Deletes a key. This process refuses it from the end of this call on, also the last one that
   * may manage keys.
   *
   * @throws {ApiKeyNotFoundError} when there is none with the id
   */
  async revoke(id: string): Promise<void> {
    if (!(await this.#repository.delete(id))) {
      throw new ApiKeyNotFoundError();
    }
    await this.#keys.applyChange();
  }

  /**
   * Makes a key with the name, the scopes and the expiry of another one, which then expires after
   * the overlap, or at its own time if that comes first. Without an overlap the other one is
   * revoked, because the clock of another host may be behind.
   *
   * @throws {ApiKeyNotFoundError} when there is none with the id, or it has expired
   * @throws {ApiKeyLimitError} when there are as many keys as there can be
   */
  async rotate(id: string, { overlap_seconds }: RotateApiKey): Promise<CreatedApiKey> {
    const createdAt = this.#clock();
    const endOfOverlap = new Date(createdAt.getTime() + overlap_seconds * 1000);
    const { id: newId, token } = newToken();
    const { added } = await this.#repository.change((keys) => {
      const old = keys.find((key) => key.id === id);
      if (old === undefined || isExpired(old, createdAt)) {
        throw new ApiKeyNotFoundError();
      }
      requireRoom(keys);
      return {
        added: { ...old, id: newId, hash: hashOf(token), createdAt },
        ...(overlap_seconds === 0
          ? { deleted: id }
          : { expiring: { id, expiresAt: earlierOf(endOfOverlap, old.expiresAt) } }),
      };
    });
    await this.#keys.applyChange();
    return { ...represent(added), key: token };
  }

  /** Returns the key of a request by its id; undefined if it was revoked meanwhile. */
  own(id: string): OwnApiKey | undefined {
    const key = this.#keys.get(id);
    return (
      key && { id, name: key.name, scopes: [...key.scopes], expires_at: textOf(key.expiresAt) }
    );
  }
}

/** @throws {ApiKeyLimitError} when there are as many keys as there can be */
function requireRoom(keys: readonly StoredApiKey[]): void {
  if (keys.length >= MAX_API_KEYS) {
    throw new ApiKeyLimitError();
  }
}

/** Returns scopes without duplicates, in the contract's order. */
function inOrder(named: readonly Scope[]): readonly Scope[] {
  return scopes.filter((scope) => named.includes(scope));
}

function newestFirst(one: StoredApiKey, other: StoredApiKey): number {
  return other.createdAt.getTime() - one.createdAt.getTime() || (one.id < other.id ? -1 : 1);
}

function earlierOf(one: Date, other: Date | null): Date {
  return other !== null && other.getTime() < one.getTime() ? other : one;
}

function represent({ id, name, scopes, createdAt, expiresAt }: StoredApiKey): ApiKey {
  return {
    id,
    name,
    scopes: [...scopes],
    created_at: createdAt.toISOString(),
    expires_at: textOf(expiresAt),
  };
}

function timeOf(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}

function textOf(time: Date | null): string | null {
  return time === null ? null : time.toISOString();
}
