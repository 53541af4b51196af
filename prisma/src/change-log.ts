import { Prisma, type PrismaClient } from './generated/client.js';

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
  /** The last sequence number, whether or not its entry is still kept; 0 for a new database. */
  readonly seq: number;
  /** When that change was made; undefined when its entry is not kept. */
  readonly changedAt: Date | undefined;
}

/** The start of a log. */
export interface ChangeLogStart {
  /** The first sequence number that is kept; in an empty log, the next one to be used. */
  readonly seq: number;
  /** Milliseconds for which the log is complete: `Infinity` while no entry was ever removed. */
  readonly reachMs: number;
}

/** The entries that `prune` removes. */
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

/** The log of all changes of products. Every method runs one statement. */
export interface ChangeLog {
  /** Returns the id that the first migration gave this database: 128 random bits in hexadecimal. */
  databaseId(): Promise<string>;
  head(): Promise<ChangeLogHead>;
  start(): Promise<ChangeLogStart>;
  /** Returns the entries after a sequence number, at most `limit`, in order. */
  read(after: number, limit: number): Promise<ProductChange[]>;
  /**
   * Removes entries from the start of the log, at most 5,000 at once, so that other writers do not
   * wait long for the lock.
   *
   * @returns the number of removed entries; call again until it is 0
   */
  prune(options: PruneOptions): Promise<number>;
}

interface ChangeRow {
  readonly seq: bigint | number;
  readonly product_id: string;
  readonly version: bigint | number | null;
  readonly kind: ProductChange['kind'];
  readonly changed_at: bigint | number | null;
}

const MAX_PRUNED_AT_ONCE = 5000;

/** The version of an entry; NULL when it is not a safe integer. */
const readableVersion = Prisma.sql`
  CASE WHEN typeof(version) = 'integer' AND version BETWEEN 1 AND 9007199254740991 THEN version END`;

/** The time of an entry in milliseconds since 1970; NULL when a Date cannot hold it. */
const readableTime = Prisma.sql`
  CASE WHEN typeof(changed_at) = 'integer' AND abs(changed_at) <= 8640000000000000 THEN changed_at END`;

/** Opens the change log of a database. */
export function openChangeLog(client: PrismaClient): ChangeLog {
  return {
    async databaseId() {
      const row = await client.metadata.findUniqueOrThrow({ where: { key: 'database_id' } });
      return row.value;
    },

    async head() {
      // A sum has no declared type; Prisma would read the column itself as a 32-bit number.
      const [row] = await client.$queryRaw<Pick<ChangeRow, 'seq' | 'changed_at'>[]>`
        SELECT s.seq + 0 AS seq, ${readableTime} AS changed_at
        FROM sqlite_sequence AS s LEFT JOIN product_changes AS c ON c.seq = s.seq
        WHERE s.name = 'product_changes'`;
      return { seq: Number(row?.seq ?? 0), changedAt: toDate(row?.changed_at ?? null) };
    },

    start: () => readStart(client),

    async read(after, limit) {
      const rows = await client.$queryRaw<ChangeRow[]>`
        SELECT
          seq + 0 AS seq, CAST(product_id AS TEXT) AS product_id, kind,
          ${readableVersion} AS version, ${readableTime} AS changed_at
        FROM product_changes WHERE seq > ${after} ORDER BY seq LIMIT ${limit}`;
      return rows.map(toChange);
    },

    prune: (options) => prune(client, options),
  };
}

async function readStart(client: PrismaClient): Promise<ChangeLogStart> {
  const [row] = await client.$queryRaw<{ seq: number | bigint; age: number | bigint | null }[]>`
    SELECT
      coalesce(
        (SELECT min(seq) FROM product_changes),
        (SELECT seq FROM sqlite_sequence WHERE name = 'product_changes') + 1,
        1
      ) AS seq,
      unixepoch('subsec') * 1000
        - (SELECT ${readableTime} FROM product_changes ORDER BY seq LIMIT 1) AS age`;
  const seq = Number(row?.seq ?? 1);
  return { seq, reachMs: seq === 1 ? Number.POSITIVE_INFINITY : Number(row?.age ?? 0) };
}

/**
 * Removes an entry only if the next one is old enough too, so that the log starts with an old one.
 */
function prune(
  client: PrismaClient,
  { before, olderThanMs, keepAtMost }: PruneOptions,
): Promise<number> {
  return client.$executeRaw`
    WITH
      oldest AS (SELECT seq, changed_at FROM product_changes ORDER BY seq LIMIT ${MAX_PRUNED_AT_ONCE}),
      followed AS (SELECT seq, lead(changed_at) OVER (ORDER BY seq) AS next_at FROM oldest),
      first_to_keep AS (
        SELECT min(seq) AS seq FROM followed
        WHERE next_at IS NULL OR next_at > unixepoch('subsec') * 1000 - ${olderThanMs}
      )
    DELETE FROM product_changes
    WHERE seq < ${before}
      AND seq IN (SELECT seq FROM oldest)
      AND seq < max(
        (SELECT seq FROM first_to_keep),
        (SELECT max(seq) FROM product_changes) - ${Math.max(1, keepAtMost)} + 1
      )`;
}

function toChange({ seq, product_id, version, kind, changed_at }: ChangeRow): ProductChange {
  return {
    seq: Number(seq),
    productId: product_id,
    version: version === null ? undefined : Number(version),
    kind,
    changedAt: toDate(changed_at),
  };
}

function toDate(milliseconds: bigint | number | null): Date | undefined {
  return milliseconds === null ? undefined : new Date(Number(milliseconds));
}
