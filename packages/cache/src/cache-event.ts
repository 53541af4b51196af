import type { StoreState } from './cache-store.js';

/** What a cache reports, to be logged and counted. */
export type CacheEvent =
  /** The store held a text that the codec rejected; it was deleted and is loaded again. */
  | { readonly type: 'invalid-value'; readonly key: string; readonly text: string }
  /** A loaded value was not stored: it was invalidated in the meantime, or the lease ran out. */
  | { readonly type: 'fill-refused'; readonly key: string; readonly version: number }
  /** Another reader held the lease for longer than this one waits; the value was loaded, not stored. */
  | { readonly type: 'lease-contended'; readonly key: string }
  /** The store could not be told of a write; it is not used until it was. */
  | { readonly type: 'invalidation-deferred'; readonly key: string; readonly version: number }
  /** An operation of the store failed; the caller was served without it. */
  | {
      readonly type: 'store-error';
      readonly operation: StoreOperation;
      readonly key: string;
      readonly error: unknown;
    };

/** What a store reports, to be logged and counted. */
export type StoreEvent =
  /** The store's state changed; `cause` is why it is bypassed. Not reported for the state at the start. */
  | { readonly type: 'state'; readonly state: StoreState; readonly cause?: Error }
  /** The connection failed for another reason than the last time; repetitions are not reported. */
  | { readonly type: 'connection-error'; readonly error: Error }
  /**
   * The store was brought up to date: it missed `applied` invalidations, and `cleared` keys were
   * deleted because it was not known which of them are outdated.
   */
  | { readonly type: 'recovered'; readonly applied: number; readonly cleared: number };

/** The operations of a store that can fail. */
export type StoreOperation = 'get' | 'read-or-lease' | 'fill' | 'release' | 'discard';
