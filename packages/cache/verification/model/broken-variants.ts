import { type Configuration, configure } from './configuration.js';

/** A protocol or a world in which a promise breaks, and how many steps that takes at most. */
export interface BrokenVariant {
  readonly configuration: Configuration;
  readonly steps: number;
}

/** Protocols that look equivalent to the real one, each different in a single choice. */
export const brokenProtocols: readonly BrokenVariant[] = [
  {
    configuration: configure(
      'SET after DEL',
      { writes: 2 },
      { afterCommit: 'invalidate-then-set' },
    ),
    steps: 4,
  },
  { configuration: configure('no lease at all', {}, { fillChecks: 'nothing' }), steps: 5 },
  {
    configuration: configure(
      'a version check without the lease',
      { losses: 'values-and-fences' },
      { fillChecks: 'floor' },
    ),
    steps: 6,
  },
  {
    configuration: configure(
      'a watermark moved by the inline INVALIDATE',
      { keys: 2, writes: 2 },
      { watermarkMovedBy: 'apply-and-inline' },
    ),
    steps: 6,
  },
  {
    configuration: configure(
      'a lease token per process',
      { readers: 2, losses: 'values-and-fences' },
      { tokenPer: 'process' },
    ),
    steps: 7,
  },
  {
    configuration: configure(
      'a missing watermark started at the head',
      {},
      { missingWatermark: 'start-at-head' },
    ),
    steps: 7,
  },
  {
    configuration: configure(
      'a watermark that does not name its entry',
      { writes: 2, restore: 'same-id-at-rest' },
      { watermarkNames: 'database' },
    ),
    steps: 9,
  },
  {
    configuration: configure(
      'a head read after the clearing',
      { restore: 'with-new-id' },
      { headOfClearing: 'read-after' },
    ),
    steps: 10,
  },
  {
    configuration: configure(
      'values cleared before fences',
      { restore: 'with-new-id' },
      { clearingOrder: 'values-first' },
    ),
    steps: 9,
  },
  {
    configuration: configure(
      'APPLY without compare-and-set',
      { keys: 2, writes: 2, failovers: 1 },
      { apply: 'blind' },
    ),
    steps: 13,
  },
];

/** The real protocol where something is not as it assumes: these are its limits. */
export const brokenAssumptions: readonly BrokenVariant[] = [
  {
    configuration: configure('a log that is pruned before what it invalidates has expired', {
      pruning: 'too-early',
    }),
    steps: 8,
  },
  {
    configuration: configure('a backup restored under its old id before the cache was at rest', {
      restore: 'same-id-any-time',
    }),
    steps: 5,
  },
  {
    configuration: configure('another database while Redis has lost the watermark alone', {
      losses: 'watermark-too',
      restore: 'with-new-id',
    }),
    steps: 8,
  },
  {
    configuration: configure('a clearing that goes on after a failover', {
      losses: 'values-and-fences',
      failovers: 1,
      restore: 'with-new-id',
      failoverEndsClearing: false,
    }),
    steps: 12,
  },
];
