/** A key, by number. */
export type Key = number;

/**
 * What one write left of a row, in the database or as a cached value. Versions are the sequence
 * numbers of the log, 0 before the first write; they only have to increase for each key.
 */
export interface Row {
  readonly version: number;
  /** Which of the histories wrote it: a restored database writes the same versions once more. */
  readonly history: number;
  readonly exists: boolean;
}

/** An entry of the change log; its sequence number is the row's version. */
export interface Change {
  readonly key: Key;
  readonly row: Row;
}

/** What the service reads and writes, with what a restore cannot undo: its history. */
export interface Database {
  /** What the database calls itself. */
  readonly id: number;
  /** Which history it writes; it cannot know that it was restored. */
  readonly history: number;
  readonly rows: readonly Row[];
  /** What is kept of the change log. */
  readonly log: readonly Change[];
  /** The sequence number of the last change. */
  readonly head: number;
}

/** What is kept beside a value, and outlives it. */
export interface Fence {
  /** Whose lease it is; undefined also for a lease that nobody in flight can use. */
  readonly token: number | undefined;
  /** The lowest version that may be filled. */
  readonly floor: number;
}

/** How far the log is applied, or how far the namespace is cleared of what cannot be trusted. */
export type Watermark =
  | {
      readonly kind: 'applied';
      readonly database: number;
      readonly seq: number;
      readonly history: number;
    }
  | {
      readonly kind: 'clearing';
      /** The relay that clears; it stands for the clearing's random id. */
      readonly by: number;
      readonly batch: number;
    };

/** A watermark that says up to which entry the log is applied. */
export type AppliedWatermark = Extract<Watermark, { kind: 'applied' }>;

/** What Redis keeps, loses and gets back together. */
export interface Redis {
  readonly values: readonly (Row | undefined)[];
  readonly fences: readonly Fence[];
  readonly watermark: Watermark | undefined;
}

/** A reader after its miss: it has leased, then it has loaded. */
export interface Reader {
  readonly key: Key;
  readonly token: number;
  readonly loaded: Row | undefined;
}

/** A relay between two of its commands. */
export type Relay =
  | { readonly kind: 'idle' }
  | { readonly kind: 'looked'; readonly seen: Watermark | undefined }
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
      /** The next of all the names that the namespace may have: its fences, then its values. */
      readonly place: number;
      /** Whether that name was found, and is to be deleted. */
      readonly found: boolean;
    };

/** Everything there is at one moment. */
export interface State {
  readonly database: Database;
  readonly redis: Redis;
  /** A replica or a snapshot file, as old as it happens to be. */
  readonly copy: Redis | undefined;
  readonly readers: readonly (Reader | undefined)[];
  /** Inline messages that may still arrive. */
  readonly inline: readonly Change[];
  readonly relays: readonly Relay[];
  /** The highest version of each key whose invalidation was acknowledged. */
  readonly acknowledged: readonly number[];
  readonly writesLeft: number;
  readonly failoversLeft: number;
  readonly restoresLeft: number;
}

/** The token that all readers share where there is one per process. */
export const processToken = -1;

/** A row before its first write. */
export const unwritten: Row = { version: 0, history: 0, exists: true };

/** A fence that is not there. */
export const noFence: Fence = { token: undefined, floor: 0 };
