import type { Change } from './change-log.js';

/** The operations that a relay needs of the store that it keeps up to date. */
export interface RelayTarget {
  /**
   * CLAIM, atomically: takes the claim if nobody holds it. Reads the watermark unless another
   * database holds the claim.
   *
   * @param renews whether to prolong a claim that this database already holds.
   */
  claim(databaseId: string, renews: boolean): Promise<ClaimResult>;
  /**
   * APPLY, atomically: if the database holds the claim and the watermark is the expected one,
   * invalidates each change in order, sets the watermark and returns true. Otherwise changes
   * nothing and returns false.
   */
  apply(batch: RelayBatch): Promise<boolean>;
  /**
   * Replaces the watermark with a mark that forbids the use of the store, under the conditions of
   * `apply`. Returns the mark, or undefined if it was not set.
   */
  beginClearing(expected: string | undefined, databaseId: string): Promise<string | undefined>;
  /**
   * Sets the mark, waits until no process that missed it still reads the store, and removes all
   * values, floors and leases in batches, each under the conditions of `apply`. Returns undefined
   * if another relay has replaced the mark.
   */
  clear(expected: string | undefined, databaseId: string): Promise<Cleared | undefined>;
}

/** The result of CLAIM. */
export type ClaimResult =
  | {
      readonly kind: 'held';
      /** Whether nobody held the claim before. */
      readonly isNew: boolean;
      /** The text of the watermark; undefined if there is none. */
      readonly watermark: string | undefined;
    }
  | { readonly kind: 'held-by-other'; readonly owner: string };

/** The arguments of APPLY. */
export interface RelayBatch {
  readonly databaseId: string;
  /** The watermark that the store must have. */
  readonly expected: string | undefined;
  readonly changes: readonly Change[];
  /** The watermark after the changes. */
  readonly next: string;
}

/** The result of a clearing. */
export interface Cleared {
  /** The text that the clearing left in place of the watermark. */
  readonly watermark: string | undefined;
  /** The number of values and fences that were removed. */
  readonly keys: number;
}
