/**
 * Where values are kept, with the lease and the fence that keep outdated ones out.
 *
 * Every operation but `invalidate` rejects when the store is not usable. What a store answers as a
 * text was stored by `fill`, or put there by somebody else: it is not to be trusted.
 */
export interface CacheStore {
  /**
   * Whether reads travel. Who reads alone is then not kept waiting for others to come along; what is
   * in memory is always read together, as there is no way to save.
   */
  readonly isRemote: boolean;

  /** The text under a key: the hit path, a single plain read. */
  get(key: string): Promise<string | undefined>;

  /** The texts under some keys, at least one, in their order: one round trip. */
  getMany(keys: readonly string[]): Promise<(string | undefined)[]>;

  /**
   * The text under a key or, if there is none and nobody else has it, the lease to fill it.
   *
   * @param token a fresh random string, never used before.
   * @param leaseMs milliseconds after which another reader may take the lease.
   */
  readOrLease(key: string, token: string, leaseMs: number): Promise<LeaseAnswer>;

  /**
   * The lease to fill a key whose text is about to expire, if nobody else has it. The text stays
   * there meanwhile.
   */
  leaseToRefresh(key: string, request: RefreshRequest): Promise<RefreshAnswer>;

  /** Stores what was loaded under a lease, which ends with it, stored or refused. */
  fill(key: string, fill: Fill): Promise<FillAnswer>;

  /** Ends a lease without a fill. Answers whether it was still held: false after an invalidation. */
  release(key: string, token: string): Promise<boolean>;

  /**
   * Deletes the value, refuses lower versions from now on and takes the lease from its holder.
   * Idempotent, in any order. Never rejects: `'deferred'` means that the store could not be told
   * yet, and is not used, by this process, until it was.
   */
  invalidate(key: string, version: number): Promise<'applied' | 'deferred'>;

  /** Deletes the value if it is still this text. */
  discard(key: string, text: string): Promise<void>;

  /** Whether the store is used at this moment. */
  state(): StoreState;

  /** Ends connections and timers, within a bounded time; the store is then bypassed. Never rejects. */
  close(): Promise<void>;
}

/** `'bypassed'`: requests are served without the store. */
export type StoreState = 'ready' | 'bypassed';

/** What `readOrLease` found. */
export type LeaseAnswer =
  | { readonly kind: 'value'; readonly text: string }
  | { readonly kind: 'leased' }
  /** Another reader holds the lease. */
  | { readonly kind: 'wait' };

/** What a reader asks who wants to load a text anew before it expires. */
export interface RefreshRequest {
  /** A fresh random string, never used before. */
  readonly token: string;
  /** Milliseconds after which another reader may take the lease. */
  readonly leaseMs: number;
  /** No lease is given while the text lives for more than these milliseconds. */
  readonly withinMs: number;
}

/** What `leaseToRefresh` found. */
export type RefreshAnswer =
  | { readonly kind: 'leased' }
  /** Another reader holds the lease. */
  | { readonly kind: 'wait' }
  /** It is too early; `Infinity` for a text that does not expire. */
  | { readonly kind: 'fresh'; readonly expiresInMs: number }
  | { readonly kind: 'absent' };

/** What a lease's holder wants stored. */
export interface Fill {
  /** The token of the lease. */
  readonly token: string;
  readonly text: string;
  /** The version of what was loaded, a safe integer. */
  readonly version: number;
  /** Milliseconds that the text may live. */
  readonly ttlMs: number;
}

/** `'refused'`: the lease was lost, or the version is below one that was invalidated. */
export type FillAnswer = 'filled' | 'refused';
