import { type Configuration, configure } from './configuration.js';

/** A configuration that breaks a promise. */
export interface BrokenVariant {
  readonly configuration: Configuration;
  /** The largest number of steps that a shortest counterexample may have. */
  readonly maxSteps: number;
}

/** Protocols that look equivalent to the real one. Each makes a single choice differently. */
export const brokenProtocols: readonly BrokenVariant[] = [
  {
    configuration: configure(
      'SET after DEL',
      { writes: 2 },
      { afterCommit: 'invalidate-then-set' },
    ),
    maxSteps: 4,
  },
  { configuration: configure('no lease', {}, { fillChecks: 'nothing' }), maxSteps: 5 },
  {
    configuration: configure(
      'a version check without a lease',
      { losses: 'values-and-fences' },
      { fillChecks: 'floor' },
    ),
    maxSteps: 6,
  },
  {
    configuration: configure(
      "a watermark moved by the writer's INVALIDATE",
      { keys: 2, writes: 2 },
      { watermarkMovedBy: 'apply-and-invalidate' },
    ),
    maxSteps: 6,
  },
  {
    configuration: configure(
      'one lease token per process',
      { readers: 2, losses: 'values-and-fences' },
      { tokenPer: 'process' },
    ),
    maxSteps: 7,
  },
  {
    configuration: configure(
      'a missing watermark set to the head of the log',
      {},
      { missingWatermark: 'start-at-head' },
    ),
    maxSteps: 7,
  },
  {
    configuration: configure(
      'a watermark that does not identify its entry',
      { writes: 2, restore: 'same-id-at-rest' },
      { watermarkNames: 'database' },
    ),
    maxSteps: 9,
  },
  {
    configuration: configure(
      'the head of the log read after a clearing',
      { restore: 'with-new-id' },
      { headOfClearing: 'read-after' },
    ),
    maxSteps: 10,
  },
  {
    configuration: configure(
      'values cleared before fences',
      { restore: 'with-new-id' },
      { clearingOrder: 'values-first' },
    ),
    maxSteps: 9,
  },
  {
    configuration: configure(
      "a deletion of entries of the relay's log",
      { pruning: 'of-expired', deletions: true },
      { deletion: 'anywhere' },
    ),
    maxSteps: 8,
  },
  {
    configuration: configure(
      'APPLY without compare-and-set',
      { keys: 2, writes: 2, failovers: 1 },
      { apply: 'blind' },
    ),
    maxSteps: 13,
  },
];

/** The limits of the real protocol: each configuration contradicts one of its assumptions. */
export const brokenAssumptions: readonly BrokenVariant[] = [
  {
    configuration: configure('the log is pruned before the values that it invalidates expire', {
      pruning: 'too-early',
    }),
    maxSteps: 8,
  },
  {
    configuration: configure('a backup is restored under its old id before the cache is at rest', {
      restore: 'same-id-any-time',
    }),
    maxSteps: 5,
  },
  {
    configuration: configure('Redis loses only the watermark while the database is replaced', {
      losses: 'watermark-too',
      restore: 'with-new-id',
    }),
    maxSteps: 8,
  },
  {
    configuration: configure('a clearing continues after a failover', {
      losses: 'values-and-fences',
      failovers: 1,
      restore: 'with-new-id',
      failoverEndsClearing: false,
    }),
    maxSteps: 12,
  },
];
