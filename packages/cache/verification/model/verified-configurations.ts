import { type Configuration, configure } from './configuration.js';

/** The real protocol under bounds that are searched in seconds: each takes some faults together. */
export const quickConfigurations: readonly Configuration[] = [
  configure('two keys, two readers, all losses', {
    keys: 2,
    writes: 2,
    readers: 2,
    losses: 'watermark-too',
    repeats: true,
  }),
  configure('deletion, creation, early refresh', {
    writes: 2,
    readers: 2,
    losses: 'watermark-too',
    repeats: true,
    absences: true,
    earlyRefresh: true,
  }),
  configure('two relays at once', {
    writes: 2,
    readers: 2,
    relays: 2,
    losses: 'watermark-too',
  }),
  configure('two failovers', { writes: 2, losses: 'watermark-too', failovers: 2 }),
  configure('a failover between two keys', { keys: 2, writes: 2, failovers: 1 }),
  configure('a pruned log and a failover', {
    writes: 2,
    losses: 'values-and-fences',
    failovers: 1,
    pruning: 'of-expired',
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

/** The same with more of everything, for minutes each. */
export const fullConfigurations: readonly Configuration[] = [
  configure('two keys, three writes, two readers', {
    keys: 2,
    writes: 3,
    readers: 2,
    losses: 'watermark-too',
    repeats: true,
  }),
  configure('two keys, three readers', {
    keys: 2,
    writes: 2,
    readers: 3,
    losses: 'watermark-too',
  }),
  configure('three writes, two relays, absences', {
    writes: 3,
    readers: 2,
    relays: 2,
    losses: 'watermark-too',
    repeats: true,
    absences: true,
  }),
  configure('a failover, two readers, two relays', {
    writes: 2,
    readers: 2,
    relays: 2,
    losses: 'watermark-too',
    failovers: 1,
  }),
  configure('two failovers, three writes', {
    writes: 3,
    losses: 'watermark-too',
    failovers: 2,
  }),
  configure('two failovers between two keys, three writes', {
    keys: 2,
    writes: 3,
    failovers: 2,
  }),
  configure('another database, two readers, two relays', {
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

/** Protocols that do without something, or do more, and keep both promises just as well. */
export const equivalentProtocols: readonly Configuration[] = [
  configure(
    'a FILL that ignores the floor, which is for loads from a lagging replica',
    { writes: 2, readers: 2, losses: 'watermark-too', repeats: true },
    { fillChecks: 'token' },
  ),
  configure(
    'a missing watermark clears, which also withstands another database meanwhile',
    { losses: 'watermark-too', restore: 'with-new-id' },
    { missingWatermark: 'clear' },
  ),
  configure(
    'a clearing that compares at its end alone, since a failover ends it',
    { losses: 'values-and-fences', failovers: 1, restore: 'with-new-id' },
    { clearing: 'compare-at-end' },
  ),
];
