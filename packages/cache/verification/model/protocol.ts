/** The choices that make the protocol; each broken variant takes one of them differently. */
export interface Protocol {
  /** What the inline message after a commit does: INVALIDATE alone, or then also SET the new value. */
  readonly afterCommit: 'invalidate' | 'invalidate-then-set';
  /** What FILL checks before it stores. */
  readonly fillChecks: 'token-and-floor' | 'token' | 'floor' | 'nothing';
  /** Whether each READ-OR-LEASE brings a fresh token, or all those of the process the same. */
  readonly tokenPer: 'attempt' | 'process';
  /** Who moves the watermark. */
  readonly watermarkMovedBy: 'apply' | 'apply-and-inline';
  /** Without a watermark the relay replays what is kept of the log, clears all, or skips the log. */
  readonly missingWatermark: 'replay' | 'clear' | 'start-at-head';
  /** What a watermark names beside its number: its database, and in it the very entry. */
  readonly watermarkNames: 'database-and-entry' | 'database';
  /** Whether APPLY compares the watermark to the one that was seen, in the same script. */
  readonly apply: 'compare-and-set' | 'blind';
  /** Which commands of a clearing compare and set the watermark: every one, or the last alone. */
  readonly clearing: 'compare-each-batch' | 'compare-at-end';
  /** What a clearing looks for first, in Redis as a whole. */
  readonly clearingOrder: 'fences-first' | 'values-first';
  /** When the head is read from which the relay starts after a clearing. */
  readonly headOfClearing: 'read-before' | 'read-after';
}

/** The protocol that the cache speaks. */
export const faithfulProtocol: Protocol = {
  afterCommit: 'invalidate',
  fillChecks: 'token-and-floor',
  tokenPer: 'attempt',
  watermarkMovedBy: 'apply',
  missingWatermark: 'replay',
  watermarkNames: 'database-and-entry',
  apply: 'compare-and-set',
  clearing: 'compare-each-batch',
  clearingOrder: 'fences-first',
  headOfClearing: 'read-before',
};
