import type { Scope } from '@product-api/contract';

/** The holder of a key. */
export interface KeyHolder {
  readonly id: string;
  readonly scopes: ReadonlySet<Scope>;
}

/**
 * Why a token is not a valid key: it cannot be one, there is none like it, it has expired, or the
 * keys that this process knows are too old to say.
 */
export type Unidentified = 'malformed' | 'unknown' | 'expired' | 'outdated';

/** Identifies the keys of requests. */
export interface KeyIdentifier {
  /** Identifies a token by what this process knows, without reading the database. */
  identify(token: string): KeyHolder | Unidentified;
  /**
   * Resolves when this process knows all keys that exist at this moment. Gives up after a bounded
   * time.
   */
  untilCurrent(): Promise<void>;
}
