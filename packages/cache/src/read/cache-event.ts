/** An event that a cache reports, to be logged and counted. */
export type CacheEvent =
  /** The codec rejected a stored text. It was deleted and is loaded again. */
  | { readonly type: 'invalid-value'; readonly key: string; readonly text: string }
  /** A stored text is valid but differs from the codec's encoding, which is served instead. */
  | { readonly type: 'edited-value'; readonly key: string }
  /**
   * A loaded value was not stored, because it was invalidated meanwhile or its lease ran out.
   * `version` is undefined if the load found nothing.
   */
  | { readonly type: 'fill-refused'; readonly key: string; readonly version: number | undefined }
  /** A key was refreshed in the background before it expired. */
  | { readonly type: 'refreshed'; readonly key: string }
  /** The load of a refresh failed. The stored value is served until it expires. */
  | { readonly type: 'refresh-failed'; readonly key: string; readonly error: unknown }
  /** Another reader held the lease for longer than the wait; the value was loaded, not stored. */
  | { readonly type: 'lease-contended'; readonly key: string }
  /**
   * An audit found a hit that had been outdated for longer than the cache promises. Values that
   * somebody wrote into the store by hand count too.
   */
  | ({ readonly type: 'stale-hit'; readonly key: string } & StaleEvidence)
  /** The store could not be reached for an invalidation; it is bypassed until it is up to date. */
  | { readonly type: 'invalidation-deferred'; readonly key: string; readonly version: number }
  /**
   * An operation of the store failed, and the caller was served without it. `key` is the first key
   * of a `'get-many'`.
   */
  | {
      readonly type: 'store-error';
      readonly operation: StoreOperation;
      readonly key: string;
      readonly error: unknown;
    };

/** The evidence that a hit was stale. */
export interface StaleEvidence {
  /** The served text. The store held it at the hit, and still after the promised bound. */
  readonly cached: string;
  /** The source's text during all that time; undefined if the source had no value. */
  readonly current: string | undefined;
  /** The version of `current`. */
  readonly version: number | undefined;
  /** Milliseconds for which the source is known to have had `current`. */
  readonly currentForMs: number;
}

/** An operation of a store that can fail. */
export type StoreOperation =
  | 'get'
  | 'get-many'
  | 'read-or-lease'
  | 'lease-to-refresh'
  | 'fill'
  | 'release'
  | 'discard';
