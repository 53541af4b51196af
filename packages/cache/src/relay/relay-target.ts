import type { Change } from './change-log.js';

/** What a relay needs of the store that it keeps up to date. */
export interface RelayTarget {
  /**
   * CLAIM, atomically: takes the claim where nobody holds it, and reads the watermark unless another
   * database holds the claim.
   *
   * @param renews whether to prolong a claim that this database holds already.
   */
  claim(databaseId: string, renews: boolean): Promise<Claimed>;
  /**
   * APPLY, atomically: does nothing and returns false unless the database holds the claim and the
   * watermark is the expected one; else invalidates each change in order, then sets the watermark.
   */
  apply(batch: RelayBatch): Promise<boolean>;
  /**
   * Marks the store as not to be used, in the watermark's place, under the conditions of `apply`.
   * Returns the mark, or undefined where it was not set.
   */
  beginClearing(expected: string | undefined, databaseId: string): Promise<string | undefined>;
  /**
   * Marks the store, waits until nobody uses it any more who has not seen that, and removes all
   * values, floors and leases, in batches, each under the conditions of `apply`. Returns undefined
   * once another relay has replaced the mark.
   */
  clear(expected: string | undefined, databaseId: string): Promise<Cleared | undefined>;
}

/** What CLAIM found. */
export type Claimed =
  | {
      readonly kind: 'held';
      /** Whether nobody held the claim before. */
      readonly isNew: boolean;
      /** The watermark's text; undefined where there is none. */
      readonly watermark: string | undefined;
    }
  | { readonly kind: 'held-by-other'; readonly owner: string };

/** What APPLY does. */
export interface RelayBatch {
  readonly databaseId: string;
  readonly expected: string | undefined;
  readonly changes: readonly Change[];
  readonly next: string;
}

/** What a clearing did. */
export interface Cleared {
  /** The text that it left in the watermark's place. */
  readonly watermark: string | undefined;
  /** How many values and fences there were. */
  readonly keys: number;
}
