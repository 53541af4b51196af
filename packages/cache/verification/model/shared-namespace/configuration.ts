/**
 * The choices that keep the data of two databases apart. Each broken variant makes one of them
 * differently.
 */
export interface Protocol {
  /** Whether the claim decides which database uses the namespace. */
  readonly claim: 'compared' | 'ignored';
  /** When a clearing waits until no process may read Redis because of an earlier poll. */
  readonly clearingWaits: 'after-its-mark' | 'before-its-mark' | 'never';
  /** From when on a process counts how long it may read Redis after a poll. */
  readonly mayReadFrom: 'start-of-poll' | 'end-of-poll';
  /** Which processes may take a lease: those that may read Redis, or all, as for early refresh. */
  readonly leasesFor: 'processes-that-may-read' | 'all-processes';
  /** What a clearing deletes. */
  readonly clears: 'leases-and-values' | 'values';
  /** Whether APPLY and the commands of a clearing compare the claim. */
  readonly writesCompareClaim: boolean;
}

/** The protocol as the cache implements it. */
export const realProtocol: Protocol = {
  claim: 'compared',
  clearingWaits: 'after-its-mark',
  mayReadFrom: 'start-of-poll',
  leasesFor: 'processes-that-may-read',
  clears: 'leases-and-values',
  writesCompareClaim: true,
};

/** The limits of a search. */
export interface Bounds {
  /** The database of each process. */
  readonly databases: readonly number[];
  /** What Redis may lose at any moment. The claim may also expire. */
  readonly losses: 'claim' | 'keys-and-claim' | 'watermark-too';
  /** Whether processes may crash and restart. */
  readonly crashes: boolean;
  /** How often Redis may return to an older copy of itself, in which the claim may be missing. */
  readonly failovers: number;
  /** Whether a failover ends all connections, so that no process may read Redis after it. */
  readonly failoverEndsConnections: boolean;
}

/** The input of one search: a protocol and bounds. */
export interface Configuration {
  readonly name: string;
  readonly bounds: Bounds;
  readonly protocol: Protocol;
}

/**
 * Creates a configuration: by default the real protocol, two services with one process each, and
 * lost values, leases and claims.
 */
export function configure(
  name: string,
  bounds: Partial<Bounds> = {},
  protocol: Partial<Protocol> = {},
): Configuration {
  return {
    name,
    bounds: { ...defaultBounds, ...bounds },
    protocol: { ...realProtocol, ...protocol },
  };
}

const defaultBounds: Bounds = {
  databases: [0, 1],
  losses: 'keys-and-claim',
  crashes: false,
  failovers: 0,
  failoverEndsConnections: true,
};
