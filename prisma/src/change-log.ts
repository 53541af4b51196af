/** One change of one product, logged in the transaction that made it. */
export interface ProductChange {
  /** Rises with every change, in the order of the commits, and is never reused. */
  readonly seq: number;
  readonly productId: string;
  /**
   * The row's version after the change; for a delete, one more than its last version. Undefined
   * when external SQL has logged a value that is not a safe integer.
   */
  readonly version: number | undefined;
  readonly kind: 'create' | 'update' | 'delete';
  /**
   * When the change was made; undefined when external SQL has logged a value that is not a time.
   */
  readonly changedAt: Date | undefined;
}

/** The end of a log. */
export interface ChangeLogHead {
  /** The id that the first migration gave the database: 128 random bits in hexadecimal. */
  readonly databaseId: string;
  /** The last sequence number, whether or not its entry is still kept; 0 for a new database. */
  readonly seq: number;
  /** When that change was made; undefined when its entry is not kept. */
  readonly changedAt: Date | undefined;
}

/** The start of a log. */
export interface ChangeLogStart {
  /** The first sequence number of the log; in an empty log, the next one to be used. */
  readonly seq: number;
  /** Milliseconds for which the log is complete: `Infinity` while it has all entries. */
  readonly reachMs: number;
}

/** The entries that `prune` takes from the log. */
export interface PruneOptions {
  /** Only entries before this sequence number; a reader may still need the others. */
  readonly before: number;
  /**
   * Entries older than this many milliseconds. The youngest of them is kept: it shows for how long
   * the log is complete.
   */
  readonly olderThanMs: number;
  /** The largest number of entries to keep, the youngest ones; at least 1. */
  readonly keepAtMost: number;
}

/**
 * The log of all changes of products, as a cache replays it: from the entry in the metadata
 * `relay_start` on. Earlier entries are kept for `ChangeFeed`, and do not exist here. Every method
 * runs one statement.
 */
export interface ChangeLog {
  /**
   * Returns the end of the log. Every change that was committed before the call has a number up to
   * `seq`, and no change will get such a number later.
   */
  head(): Promise<ChangeLogHead>;
  start(): Promise<ChangeLogStart>;
  /** Returns the entries after a sequence number, at most `limit`, in order. */
  read(after: number, limit: number): Promise<ProductChange[]>;
  /**
   * Moves the start of the log over at most 5,000 entries, so that other writers do not wait long
   * for the lock.
   *
   * @returns whether the start has moved; call again until it has not
   */
  prune(options: PruneOptions): Promise<boolean>;
}

/** An entry as a database returns it; what is not readable is NULL. */
export interface ChangeRow {
  readonly seq: bigint | number;
  readonly product_id: string;
  readonly version: bigint | number | null;
  readonly kind: ProductChange['kind'];
  /** Milliseconds since 1970. */
  readonly changed_at: bigint | number | null;
}

/** The number of entries over which `prune` moves the start at most. */
export const MAX_PRUNED_AT_ONCE = 5000;

/** Returns the entry of a row. */
export function toChange({ seq, product_id, version, kind, changed_at }: ChangeRow): ProductChange {
  return {
    seq: Number(seq),
    productId: product_id,
    version: version === null ? undefined : Number(version),
    kind,
    changedAt: toDate(changed_at),
  };
}

/** Returns the time of an entry. */
export function toDate(milliseconds: ChangeRow['changed_at']): Date | undefined {
  return milliseconds === null ? undefined : new Date(Number(milliseconds));
}

/**
 * Returns the id of a database.
 *
 * @throws {TypeError} when somebody has deleted it
 */
export function requireDatabaseId(value: string | null | undefined): string {
  if (value === null || value === undefined) {
    throw new TypeError('The table metadata has no database_id any more: restore that row');
  }
  return value;
}
