/**
 * A store of texts under keys, with the leases and fences that keep outdated texts out of it.
 *
 * Every operation except `invalidate` rejects while the store cannot be used. A text that a store
 * returns was stored by `fill` or written by another program, so callers must check it.
 */
export interface CacheStore {
  /**
   * Whether a read costs a network round trip. A read of a remote store that is probably alone is
   * sent immediately; reads of a local store are always batched, as waiting costs them nothing.
   */
  readonly isRemote: boolean;

  /** Returns the text under a key: the hit path, one plain read. */
  get(key: string): Promise<string | undefined>;

  /** Returns the texts under one or more keys, in the order of the keys: one round trip. */
  getMany(keys: readonly string[]): Promise<(string | undefined)[]>;

  /**
   * Returns the text under a key. If there is none, takes the lease to fill it, unless another
   * reader holds the lease.
   *
   * @param token a random string that was never used before.
   * @param leaseMs milliseconds after which another reader may take the lease.
   */
  readOrLease(key: string, token: string, leaseMs: number): Promise<LeaseResult>;

  /**
   * Takes the lease to replace a text that is about to expire, unless another reader holds it. The
   * old text stays readable until the fill.
   */
  leaseToRefresh(key: string, request: RefreshRequest): Promise<RefreshResult>;

  /**
   * Stores a text that was loaded under a lease, and ends the lease even if the fill is refused.
   */
  fill(key: string, fill: Fill): Promise<FillResult>;

  /**
   * Ends a lease without a fill. Returns whether it was still held: false after an invalidation.
   */
  release(key: string, token: string): Promise<boolean>;

  /**
   * Deletes the value, refuses lower versions from now on and revokes the lease. Calls may be
   * repeated and may come in any order. Never rejects: `'deferred'` means that the store could not
   * be reached, and that this process does not use it until it is up to date again.
   */
  invalidate(key: string, version: number): Promise<'applied' | 'deferred'>;

  /** Deletes the value if it is still this text. */
  discard(key: string, text: string): Promise<void>;

  /** Returns whether the store is used at this moment. */
  state(): StoreState;

  /**
   * Closes connections and stops timers, within a bounded time; the store is bypassed afterwards.
   * Never rejects.
   */
  close(): Promise<void>;
}

/** The state of a store. While it is `'bypassed'`, requests are served without it. */
export type StoreState = 'ready' | 'bypassed';

/** The result of `readOrLease`. */
export type LeaseResult =
  | { readonly kind: 'value'; readonly text: string }
  | { readonly kind: 'leased' }
  /** Another reader holds the lease. */
  | { readonly kind: 'wait' };

/** A request for the lease to replace a text before it expires. */
export interface RefreshRequest {
  /** A random string that was never used before. */
  readonly token: string;
  /** Milliseconds after which another reader may take the lease. */
  readonly leaseMs: number;
  /** The lease is given only if the text expires within this many milliseconds. */
  readonly withinMs: number;
}

/** The result of `leaseToRefresh`. */
export type RefreshResult =
  | { readonly kind: 'leased' }
  /** Another reader holds the lease. */
  | { readonly kind: 'wait' }
  /** It is too early; `expiresInMs` is `Infinity` for a text that does not expire. */
  | { readonly kind: 'fresh'; readonly expiresInMs: number }
  | { readonly kind: 'absent' };

/** A text that the holder of a lease stores. */
export interface Fill {
  /** The token of the lease. */
  readonly token: string;
  readonly text: string;
  /** The version of the loaded value, a safe integer. */
  readonly version: number;
  /** The text's time to live, in milliseconds. */
  readonly ttlMs: number;
}

/** `'refused'`: the lease was lost, or the version is below one that was invalidated. */
export type FillResult = 'filled' | 'refused';

/** The operation was not tried because the store is bypassed. */
export class StoreUnavailableError extends Error {
  override readonly name = 'StoreUnavailableError';

  constructor() {
    super('The cache store is bypassed');
  }
}
