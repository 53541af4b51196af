import type { StoreFailure } from './store-failure.js';

/** An event that a store reports, to be logged and counted. */
export type StoreEvent =
  /** The store's state changed. The initial state is not reported. */
  | {
      readonly type: 'state';
      readonly state: 'ready';
      /** The server, as host:port, if sentinels named it. */
      readonly server?: string;
    }
  | { readonly type: 'state'; readonly state: 'bypassed'; readonly failure: StoreFailure }
  /** The store cannot be used yet. Each reason is reported once until the store is used again. */
  | { readonly type: 'unusable'; readonly failure: StoreFailure }
  /** The store accepts no new entries; existing entries are still served and invalidated. */
  | { readonly type: 'full'; readonly failure: StoreFailure }
  /** The store accepts new entries again. */
  | { readonly type: 'no-longer-full' }
  /**
   * The store was brought up to date before its use. `applied` counts the changes of the log that
   * were applied; `cleared` counts the keys that were deleted because they may have been outdated.
   */
  | { readonly type: 'recovered'; readonly applied: number; readonly cleared: number }
  /** A value that was too long to be read was deleted; `key` is its name in the store. */
  | { readonly type: 'oversized-value'; readonly key: string; readonly bytes: number }
  /** Changes of the log were applied while the store was in use. */
  | { readonly type: 'relayed'; readonly applied: number }
  /** The whole store was cleared, because the log does not show which values are outdated. */
  | { readonly type: 'cleared'; readonly reason: ClearReason; readonly keys: number }
  /** The change log cannot be read. Reported once until it can be read again. */
  | { readonly type: 'change-log-error'; readonly error: unknown };

/** The reason why a store is cleared. */
export type ClearReason =
  /** The watermark names another database, or it is not a valid watermark. */
  | 'other-database'
  /** The database was restored from a backup that is older than the watermark. */
  | 'other-history'
  /** The watermark is lost, and values may live longer than the log reaches back. */
  | 'log-too-short'
  /** The log has an entry without a version, so the floor of its key is unknown. */
  | 'unreadable-change'
  /** Another relay began to clear the store and did not finish. */
  | 'unfinished-clearing'
  /** A store that refills quickly had more changes than could be applied in time. */
  | 'behind-log'
  /** The store is new and has no watermark. */
  | 'no-watermark';
