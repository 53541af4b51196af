/** The choices that keep the data of two databases apart; a broken variant differs in one of them. */
export interface Protocol {
  /** Whether a claim decides which database uses the namespace. */
  readonly claim: 'compared' | 'ignored';
  /** When a clearing waits until nobody trusts the namespace because of an older poll. */
  readonly clearingWaits: 'after-its-mark' | 'before-its-mark' | 'never';
  /** From when a process counts how long it trusts the namespace. */
  readonly trustFrom: 'start-of-poll' | 'end-of-poll';
  /** Who may take a lease: those who may read, or everybody, as for an early refresh. */
  readonly leasesFor: 'those-who-trust' | 'everybody';
  /** What a clearing deletes. */
  readonly clears: 'leases-and-values' | 'values';
  /** Whether APPLY and CLEAR compare the claim. */
  readonly writesCompareClaim: boolean;
}

/** The protocol that the cache speaks. */
export const faithfulProtocol: Protocol = {
  claim: 'compared',
  clearingWaits: 'after-its-mark',
  trustFrom: 'start-of-poll',
  leasesFor: 'those-who-trust',
  clears: 'leases-and-values',
  writesCompareClaim: true,
};

/** What may happen beside reads, fills and polls. */
export interface World {
  /** The database of each process. */
  readonly databases: readonly number[];
  /** What Redis may lose at any moment; the claim also expires. */
  readonly loses: 'claim' | 'keys-and-claim' | 'watermark-too';
  /** Whether processes may crash and start anew. */
  readonly crashes: boolean;
  /** How often Redis may fall back to an older copy of itself, which may lack the claim. */
  readonly failovers: number;
  /** Whether a failover ends the connections, so that no process trusts Redis after it. */
  readonly failoverEndsConnections: boolean;
}

/** One search: a protocol in a world. */
export interface Configuration {
  readonly name: string;
  readonly world: World;
  readonly protocol: Protocol;
}

const calm: World = {
  databases: [0, 1],
  loses: 'keys-and-claim',
  crashes: true,
  failovers: 0,
  failoverEndsConnections: true,
};

/** A configuration of the real protocol: two services of one process each, and the claim may be lost. */
export function configure(
  name: string,
  world: Partial<World> = {},
  protocol: Partial<Protocol> = {},
): Configuration {
  return {
    name,
    world: { ...calm, ...world },
    protocol: { ...faithfulProtocol, ...protocol },
  };
}
