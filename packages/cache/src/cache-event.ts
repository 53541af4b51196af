import type { StaleEvidence } from './audit/hit-audit.js';
import type { ClearReason } from './relay/relay-plan.js';
import type { StoreFailure } from './store-failure.js';

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

/** What a store reports, to be logged and counted. */
export type StoreEvent =
  /** The store's state changed. Not reported for the state at the start. */
  | { readonly type: 'state'; readonly state: 'ready' }
  | { readonly type: 'state'; readonly state: 'bypassed'; readonly failure: StoreFailure }
  /** The store cannot be used yet, for a reason that was not reported since it was last used. */
  | { readonly type: 'unusable'; readonly failure: StoreFailure }
  /** The store takes no new entries; what it holds is still served, and invalidated. */
  | { readonly type: 'full'; readonly failure: StoreFailure }
  /** The store takes new entries again. */
  | { readonly type: 'no-longer-full' }
  /** The near tier began to be used, or not to be. Not reported for the start. */
  | { readonly type: 'near-tier'; readonly state: 'on' }
  | { readonly type: 'near-tier'; readonly state: 'off'; readonly failure: StoreFailure }
  /**
   * The store was brought up to date before its use: `applied` changes of the log were, and
   * `cleared` keys were deleted because it was not known which of them are outdated.
   */
  | { readonly type: 'recovered'; readonly applied: number; readonly cleared: number }
  /** A value that was too long to be read was deleted; `key` is its name in the store. */
  | { readonly type: 'oversized-value'; readonly key: string; readonly bytes: number }
  /** Changes that were found in the log were applied to the store in use. */
  | { readonly type: 'relayed'; readonly applied: number }
  /** Everything in the store was deleted, since the change log could not tell what is outdated. */
  | { readonly type: 'cleared'; readonly reason: ClearReason; readonly keys: number }
  /** The change log cannot be read; reported once until it can. */
  | { readonly type: 'change-log-error'; readonly error: unknown };

/** The operations of a store that can fail. */
export type StoreOperation =
  | 'get'
  | 'get-many'
  | 'read-or-lease'
  | 'lease-to-refresh'
  | 'fill'
  | 'release'
  | 'discard';
