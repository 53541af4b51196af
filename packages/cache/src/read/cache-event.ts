/** What a cache reports, to be logged and counted. */
export type CacheEvent =
  /** The store held a text that the codec rejected; it was deleted and is loaded again. */
  | { readonly type: 'invalid-value'; readonly key: string; readonly text: string }
  /** The store held a valid value in another form than the codec's, which is served instead. */
  | { readonly type: 'edited-value'; readonly key: string }
  /**
   * What was loaded was not stored: it was invalidated in the meantime, or the lease ran out.
   * `version` is undefined where the load found nothing.
   */
  | { readonly type: 'fill-refused'; readonly key: string; readonly version: number | undefined }
  /** A key was loaded anew before it expired; nobody waited for that. */
  | { readonly type: 'refreshed'; readonly key: string }
  /** The load of such a refresh failed; what is stored is served until it expires. */
  | { readonly type: 'refresh-failed'; readonly key: string; readonly error: unknown }
  /** Another reader held the lease for longer than this one waits; the value was loaded, not stored. */
  | { readonly type: 'lease-contended'; readonly key: string }
  /**
   * An audit found a text that the source has not had any more for longer than the cache promises,
   * with the proof. A value that was written into the store by hand counts too.
   */
  | ({ readonly type: 'stale-hit'; readonly key: string } & StaleEvidence)
  /** The store could not be told of a write; it is not used until it was. */
  | { readonly type: 'invalidation-deferred'; readonly key: string; readonly version: number }
  /**
   * An operation of the store failed; the caller was served without it. `key` is the first of
   * those that `'get-many'` asked for.
   */
  | {
      readonly type: 'store-error';
      readonly operation: StoreOperation;
      readonly key: string;
      readonly error: unknown;
    };

/** What proves that a hit was stale. */
export interface StaleEvidence {
  /** The text that was served of what the store held, at first and still after the bound. */
  readonly cached: string;
  /** The text of what the source had all that time; undefined: there was no such thing. */
  readonly current: string | undefined;
  /** The version of `current`. */
  readonly version: number | undefined;
  /** Milliseconds for which the source is known to have had `current`. */
  readonly currentForMs: number;
}

/** The operations of a store that can fail. */
export type StoreOperation =
  | 'get'
  | 'get-many'
  | 'read-or-lease'
  | 'lease-to-refresh'
  | 'fill'
  | 'release'
  | 'discard';
