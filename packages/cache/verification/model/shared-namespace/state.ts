/** A database, and whose service a process is, by number. */
export type DatabaseId = number;

/** What stands in the watermark's place; which changes are applied plays no part here. */
export type Watermark =
  | { readonly kind: 'of'; readonly database: DatabaseId }
  /** The process that clears; it stands for the clearing's random id. */
  | { readonly kind: 'clearing'; readonly by: number };

/** What Redis keeps under the namespace, for one key, and loses and gets back together. */
export interface Redis {
  /** Which database's processes use the namespace. */
  readonly claim: DatabaseId | undefined;
  readonly watermark: Watermark | undefined;
  /** Whose data the value is. */
  readonly value: DatabaseId | undefined;
  /** The process whose token the fence has. */
  readonly lease: number | undefined;
}

/** A relay between two of its commands. */
export type Relay =
  | { readonly kind: 'idle' }
  | { readonly kind: 'looked'; readonly seen: Watermark | undefined; readonly isLate: boolean }
  | { readonly kind: 'applying'; readonly isLate: boolean }
  /** Is about to set its mark in the place of what it saw. */
  | { readonly kind: 'marking'; readonly seen: Watermark | undefined }
  /** Waits until those processes cannot read Redis any more because of a poll from before. */
  | {
      readonly kind: 'waiting';
      readonly waitsFor: readonly number[];
      readonly next: 'marking' | 'deleting-leases';
      readonly seen: Watermark | undefined;
    }
  | { readonly kind: 'deleting-leases' }
  | { readonly kind: 'deleting-values' }
  | { readonly kind: 'ending' };

/** A process of one of the services. */
export interface Process {
  readonly database: DatabaseId;
  /** Whether it reads Redis, as a poll of the last `maxLagMs` allowed that. */
  readonly trusts: boolean;
  /** Whether one of its readers has leased the key, and is about to fill it. */
  readonly isLoading: boolean;
  readonly relay: Relay;
  /** Whether it took the claim when nobody held it, and did not agree with the watermark since. */
  readonly hasTaken: boolean;
  /** Whether it found another database's claim since it was last up to date. */
  readonly metOther: boolean;
}

/** Everything there is at one moment. */
export interface State {
  readonly redis: Redis;
  /** A replica or a snapshot, as old as it happens to be. */
  readonly copy: Redis | undefined;
  readonly processes: readonly Process[];
  readonly failoversLeft: number;
}

/** A Redis that knows nothing. */
export const emptyRedis: Redis = {
  claim: undefined,
  watermark: undefined,
  value: undefined,
  lease: undefined,
};

/** A process of a database that has just started. */
export function started(database: DatabaseId): Process {
  return {
    database,
    trusts: false,
    isLoading: false,
    relay: { kind: 'idle' },
    hasTaken: false,
    metOther: false,
  };
}
