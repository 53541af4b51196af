import { faithfulProtocol, type Protocol } from './protocol.js';

/** How much happens in a search: what is not bounded here may happen any number of times. */
export interface Bounds {
  readonly keys: 1 | 2;
  /** Commits, each of one key. */
  readonly writes: number;
  /** Readers in flight at once. */
  readonly readers: number;
  /** Relays at work at once. */
  readonly relays: number;
  /** Whether writes may also delete rows and create them again; that there is none is cached too. */
  readonly absences: boolean;
  /** What may vanish, one by one (eviction, expiry) or with the watermark all at once (FLUSHALL). */
  readonly losses: 'nothing' | 'values-and-fences' | 'watermark-too';
  /** Whether an inline INVALIDATE that arrived may arrive again later. */
  readonly repeats: boolean;
  /** Whether readers also refill a value that is still there. */
  readonly earlyRefresh: boolean;
  /** How often Redis may fall back to an older copy of itself. */
  readonly failovers: number;
  /** Whether a relay notices, as its connection ends with a failover, and gives its clearing up. */
  readonly failoverEndsClearing: boolean;
  /** Whether the log loses its oldest entries: when what they invalidate has expired, or before. */
  readonly pruning: 'never' | 'of-expired' | 'too-early';
  readonly restore: Restore;
}

/**
 * How the database may be replaced, once, by an older backup of itself: at any moment, and it gets a
 * new id (then also by an unrelated database); under its old id after the service had come to rest;
 * under its old id at any moment.
 */
export type Restore = 'never' | 'with-new-id' | 'same-id-at-rest' | 'same-id-any-time';

/** One search: a protocol under bounds. */
export interface Configuration {
  readonly name: string;
  readonly bounds: Bounds;
  readonly protocol: Protocol;
}

/** A configuration of the real protocol, with one write, one reader and no faults unless told. */
export function configure(
  name: string,
  bounds: Partial<Bounds>,
  protocol: Partial<Protocol> = {},
): Configuration {
  return {
    name,
    bounds: { ...calm, ...bounds },
    protocol: { ...faithfulProtocol, ...protocol },
  };
}

const calm: Bounds = {
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
  restore: 'never',
};
