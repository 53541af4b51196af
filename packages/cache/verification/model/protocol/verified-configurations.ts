import { type Configuration, configure } from './configuration.js';

/** The real protocol within small bounds: seconds each. Each configuration combines some faults. */
export const quickConfigurations: readonly Configuration[] = [
  configure('two keys and all losses', {
    keys: 2,
    writes: 2,
    losses: 'watermark-too',
    repeats: true,
  }),
  configure('two readers, deletion, creation and early refresh', {
    writes: 2,
    readers: 2,
    losses: 'values-and-fences',
    repeats: true,
    absences: true,
    earlyRefresh: true,
  }),
  configure('two relays', { writes: 2, relays: 2, losses: 'watermark-too' }),
  configure('two failovers', { writes: 2, failovers: 2 }),
  configure('two keys and a failover', { keys: 2, writes: 2, failovers: 1 }),
  configure('a pruned log and a failover', {
    writes: 2,
    losses: 'values-and-fences',
    failovers: 1,
    pruning: 'of-expired',
  }),
  configure('a log of which another reader keeps more, and a loss of all of Redis', {
    writes: 2,
    losses: 'watermark-too',
    pruning: 'of-expired',
    deletions: true,
  }),
  configure('another database', {
    writes: 2,
    losses: 'values-and-fences',
    restore: 'with-new-id',
  }),
  configure('another database and a failover', {
    losses: 'values-and-fences',
    failovers: 1,
    restore: 'with-new-id',
  }),
  configure('a backup restored at rest', {
    keys: 2,
    writes: 2,
    losses: 'values-and-fences',
    restore: 'same-id-at-rest',
  }),
];

/** The real protocol within larger bounds: minutes each. */
export const fullConfigurations: readonly Configuration[] = [
  configure('two readers, deletion, creation, early refresh and all losses', {
    writes: 2,
    readers: 2,
    losses: 'watermark-too',
    repeats: true,
    absences: true,
    earlyRefresh: true,
  }),
  configure('two keys, three writes and two readers', {
    keys: 2,
    writes: 3,
    readers: 2,
    losses: 'watermark-too',
    repeats: true,
  }),
  configure('two keys and three readers', {
    keys: 2,
    writes: 2,
    readers: 3,
    losses: 'watermark-too',
  }),
  configure('three writes, two relays, deletion and creation', {
    writes: 3,
    readers: 2,
    relays: 2,
    losses: 'watermark-too',
    repeats: true,
    absences: true,
  }),
  configure('a failover, two readers and two relays', {
    writes: 2,
    readers: 2,
    relays: 2,
    losses: 'watermark-too',
    failovers: 1,
  }),
  configure('two failovers and three writes', {
    writes: 3,
    losses: 'watermark-too',
    failovers: 2,
  }),
  configure('two failovers, two keys and three writes', {
    keys: 2,
    writes: 3,
    failovers: 2,
  }),
  configure('another database, two readers and two relays', {
    writes: 2,
    readers: 2,
    relays: 2,
    losses: 'values-and-fences',
    restore: 'with-new-id',
  }),
  configure('another database, two keys and a failover', {
    keys: 2,
    writes: 2,
    failovers: 1,
    restore: 'with-new-id',
  }),
];

/** Protocols that make a choice differently and keep both promises too. */
export const equivalentVariants: readonly Configuration[] = [
  configure(
    'FILL ignores the floor, which only matters for loads from a lagging replica',
    { writes: 2, readers: 2, losses: 'watermark-too', repeats: true },
    { fillChecks: 'token' },
  ),
  configure(
    'a missing watermark causes a clearing, which also tolerates another database',
    { losses: 'watermark-too', restore: 'with-new-id' },
    { missingWatermark: 'clear' },
  ),
  configure(
    'a clearing compares the watermark only at its end, since a failover ends it',
    { losses: 'values-and-fences', failovers: 1, restore: 'with-new-id' },
    { clearing: 'compare-at-end' },
  ),
];
