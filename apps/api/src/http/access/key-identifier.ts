import type { Scope } from '@product-api/contract';

/** The holder of a key. */
export interface KeyHolder {
  readonly id: string;
  readonly scopes: ReadonlySet<Scope>;
}

/**
 * Why a request has no valid key: it has none at all, its token cannot be a key, there is none like
 * it, it has expired, or the keys that this process knows are too old to say.
 */
export type Unidentified = 'no-key' | 'malformed' | 'unknown' | 'expired' | 'outdated';

/** Identifies the keys of requests. */
export interface KeyIdentifier {
  /**
   * Identifies the key in an `Authorization` header by what this process knows, without reading the
   * database.
   */
  identify(authorization: string): KeyHolder | Unidentified;
  /**
   * Resolves when this process knows all keys that exist at this moment. Gives up after a bounded
   * time.
   */
  untilCurrent(): Promise<void>;
}
