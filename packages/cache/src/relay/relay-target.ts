import type { Change } from './change-log.js';

/** What a relay needs of the store that it keeps up to date. */
export interface RelayTarget {
  /** The watermark's text; undefined where there is none. */
  readWatermark(): Promise<string | undefined>;
  /**
   * APPLY, atomically: does nothing and answers false unless the watermark is the expected one;
   * else invalidates each change in order, then sets the watermark.
   */
  apply(batch: RelayBatch): Promise<boolean>;
  /**
   * Removes all values, floors and leases, in batches, if the watermark is the expected one, which
   * each batch compares and replaces. Answers undefined once another relay has replaced it.
   */
  clear(expected: string | undefined): Promise<Cleared | undefined>;
}

/** What APPLY does. */
export interface RelayBatch {
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
