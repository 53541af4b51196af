import type { StoreFailure } from './store-failure.js';

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

/** Why a store is cleared. */
export type ClearReason =
  /** The watermark is of another database, or no watermark at all. */
  | 'other-database'
  /** The database was restored from a backup that is older than the watermark. */
  | 'other-history'
  /** The log does not reach back as far as values may live, and nobody knows what was applied. */
  | 'log-too-short'
  /** The log has an entry without a version, so the floor of its key is not known. */
  | 'unreadable-change'
  /** A clearing began and did not end. */
  | 'unfinished-clearing'
  /** There were more changes than could be applied in time, in a store that refills quickly. */
  | 'behind-log'
  /** The store is new, and so is its watermark. */
  | 'no-watermark';
