/** The choices that define the protocol. Each broken variant makes one of them differently. */
export interface Protocol {
  /** What a writer sends after its commit: INVALIDATE, or INVALIDATE and then SET. */
  readonly afterCommit: 'invalidate' | 'invalidate-then-set';
  /** What FILL checks before it stores a value. */
  readonly fillChecks: 'token-and-floor' | 'token' | 'floor' | 'nothing';
  /** Whether each READ-OR-LEASE uses a fresh token, or all those of a process the same one. */
  readonly tokenPer: 'attempt' | 'process';
  /** Which commands move the watermark. */
  readonly watermarkMovedBy: 'apply' | 'apply-and-invalidate';
  /** Without a watermark, a relay replays the whole log, clears the namespace, or skips the log. */
  readonly missingWatermark: 'replay' | 'clear' | 'start-at-head';
  /** What a watermark identifies besides its sequence number. */
  readonly watermarkNames: 'database-and-entry' | 'database';
  /** Whether APPLY compares the watermark with the one that the relay read, in the same script. */
  readonly apply: 'compare-and-set' | 'blind';
  /** Which commands of a clearing compare and set the watermark: each one, or only the last. */
  readonly clearing: 'compare-each-batch' | 'compare-at-end';
  /** Which keys a clearing deletes first. */
  readonly clearingOrder: 'fences-first' | 'values-first';
  /** Whether the watermark after a clearing is the log's head from before it or from its end. */
  readonly headOfClearing: 'read-before' | 'read-after';
  /** Which entries may be deleted: only those before the start of the relay's log, or any. */
  readonly deletion: 'before-relay-start' | 'anywhere';
}

/** The protocol as the cache implements it. */
export const realProtocol: Protocol = {
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
  deletion: 'before-relay-start',
};

/** The limits of a search. Everything without a limit here may happen any number of times. */
export interface Bounds {
  readonly keys: 1 | 2;
  /** The number of commits; each writes one key. */
  readonly writes: number;
  /** The number of concurrent readers. */
  readonly readers: number;
  /** The number of concurrent relays. */
  readonly relays: number;
  /** Whether writes may delete rows and create them again. The cache stores absences too. */
  readonly absences: boolean;
  /**
   * What Redis may lose: single values and fences (by eviction or expiry), or also the watermark
   * alone or everything at once (FLUSHALL).
   */
  readonly losses: 'nothing' | 'values-and-fences' | 'watermark-too';
  /** Whether a writer's INVALIDATE may arrive more than once. */
  readonly repeats: boolean;
  /** Whether readers also refill a value that is still in the cache. */
  readonly earlyRefresh: boolean;
  /** How often Redis may return to an older copy of itself. */
  readonly failovers: number;
  /** Whether a failover ends a clearing, because the relay sees its connection end. */
  readonly failoverEndsClearing: boolean;
  /**
   * Whether the relay's log loses old entries: once the values that they invalidate expired, or
   * earlier.
   */
  readonly pruning: 'never' | 'of-expired' | 'too-early';
  /** Whether old entries are deleted, once no other reader of the log needs them. */
  readonly deletions: boolean;
  readonly restore: Restore;
}

/**
 * Whether the database may once be replaced by an older backup of itself: at any moment if the
 * backup gets a new id (then also by an unrelated database); under its old id after the service
 * came to rest; or under its old id at any moment.
 */
export type Restore = 'never' | 'with-new-id' | 'same-id-at-rest' | 'same-id-any-time';

/** The input of one search: a protocol and bounds. */
export interface Configuration {
  readonly name: string;
  readonly bounds: Bounds;
  readonly protocol: Protocol;
}

/** Creates a configuration: by default the real protocol, one write, one reader, and no faults. */
export function configure(
  name: string,
  bounds: Partial<Bounds>,
  protocol: Partial<Protocol> = {},
): Configuration {
  return {
    name,
    bounds: { ...defaultBounds, ...bounds },
    protocol: { ...realProtocol, ...protocol },
  };
}

const defaultBounds: Bounds = {
  keys: 1,
  writes: 1,
  readers: 1,
  relays: 1,
  absences: false,
  losses: 'nothing',
  repeats: false,
  earlyRefresh: false,
  failovers: 0,
  failoverEndsClearing: true,
  pruning: 'never',
  deletions: false,
  restore: 'never',
};
