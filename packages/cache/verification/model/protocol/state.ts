/** The number of a key. */
export type Key = number;

/**
 * The result of one write to a row, in the database or as a cached value. Versions are the sequence
 * numbers of the log, and 0 before the first write; they only have to increase for each key.
 */
export interface Row {
  readonly version: number;
  /** The timeline that wrote it: a restored database assigns the same versions again. */
  readonly timeline: number;
  readonly exists: boolean;
}

/** An entry of the change log. Its sequence number is the version of the row. */
export interface Change {
  readonly key: Key;
  readonly row: Row;
}

/** The database of the service. */
export interface Database {
  readonly id: number;
  /** Rises with each restore, as in PostgreSQL. The database itself does not know its timeline. */
  readonly timeline: number;
  readonly rows: readonly Row[];
  /** The entries of the change log that are not deleted. */
  readonly log: readonly Change[];
  /** The sequence number at which the relay's part of the log begins. */
  readonly relayStart: number;
  /** The sequence number of the last change. */
  readonly head: number;
}

/** Returns the entries of the log that a relay can read. */
export function relayLog({ log, relayStart }: Database): readonly Change[] {
  return log.filter(({ row }) => row.version >= relayStart);
}

/** The fence of a value. It outlives the value. */
export interface Fence {
  /** The token of the lease; undefined if there is none, or if its reader is gone. */
  readonly token: number | undefined;
  /** The lowest version that FILL may store. */
  readonly floor: number;
}

/** How far the log is applied, or how far a clearing has come. */
export type Watermark =
  | {
      readonly kind: 'applied';
      readonly database: number;
      readonly seq: number;
      readonly timeline: number;
    }
  | {
      readonly kind: 'clearing';
      /** The relay that clears. It stands for the random id of the clearing. */
      readonly by: number;
      readonly batch: number;
    };

/** A watermark that says up to which entry the log is applied. */
export type AppliedWatermark = Extract<Watermark, { kind: 'applied' }>;

/** Everything that Redis keeps, loses and restores together. */
export interface Redis {
  readonly values: readonly (Row | undefined)[];
  readonly fences: readonly Fence[];
  readonly watermark: Watermark | undefined;
}

/** A reader that took a lease after a miss, and then loads. */
export interface Reader {
  readonly key: Key;
  readonly token: number;
  /** The loaded row; undefined before the load. */
  readonly loaded: Row | undefined;
}

/** A relay between two of its commands. */
export type Relay =
  | { readonly kind: 'idle' }
  | { readonly kind: 'polled'; readonly seen: Watermark | undefined }
  | {
      readonly kind: 'applying';
      readonly expected: Watermark | undefined;
      readonly changes: readonly Change[];
      readonly next: AppliedWatermark;
    }
  | {
      readonly kind: 'clearing';
      readonly expected: Watermark | undefined;
      readonly next: AppliedWatermark;
      readonly batch: number;
      /** The index of the next key to scan for, among all fences and values in clearing order. */
      readonly position: number;
      /** Whether the scan found that key, which is deleted next. */
      readonly found: boolean;
    };

/** A relay of this kind. */
export type RelayOf<Kind extends Relay['kind']> = Extract<Relay, { kind: Kind }>;

/** The state of the whole system at one moment. */
export interface State {
  readonly database: Database;
  readonly redis: Redis;
  /** An older copy of Redis: a replica or a snapshot file. */
  readonly copy: Redis | undefined;
  readonly readers: readonly (Reader | undefined)[];
  /** The INVALIDATE commands of writers that may still arrive. */
  readonly invalidations: readonly Change[];
  readonly relays: readonly Relay[];
  /** The highest version of each key whose invalidation was acknowledged. */
  readonly acknowledged: readonly number[];
  readonly writesLeft: number;
  readonly failoversLeft: number;
  readonly restoresLeft: number;
}

/** Returns the state with one relay replaced. */
export function withRelay(state: State, index: number, relay: Relay): State {
  return { ...state, relays: state.relays.with(index, relay) };
}
