import { Prisma, type PrismaClient } from './generated/client.js';

/** One change of one product, logged in the transaction that made it. */
export interface ProductChange {
  /** Rises with every change, in the order of the commits, and is never given twice. */
  readonly seq: number;
  readonly productId: string;
  /**
   * The row's version after the change; for a delete, the version after its last. Undefined where
   * SQL by hand has logged something else than a safe integer.
   */
  readonly version: number | undefined;
  readonly kind: 'create' | 'update' | 'delete';
  /** When the change was made; undefined where SQL by hand has logged something else than a time. */
  readonly changedAt: Date | undefined;
}

/** Where a log ends. */
export interface ChangeLogHead {
  /** The last sequence number that was given, whether or not its entry is still kept; 0 at first. */
  readonly seq: number;
  /** When that change was made; undefined where its entry is not kept. */
  readonly changedAt: Date | undefined;
}

/** Where a log begins. */
export interface ChangeLogStart {
  /** The first sequence number that is kept, or the next to be given where none is. */
  readonly seq: number;
  /** Milliseconds for which the log is complete: `Infinity` while nothing was ever removed. */
  readonly reachMs: number;
}

/** Which entries `prune` removes. */
export interface PruneOptions {
  /** Only what comes before this sequence number: somebody may still need the rest. */
  readonly before: number;
  /** What is older than these milliseconds, but for the youngest such entry, which proves the reach. */
  readonly olderThanMs: number;
  /** What is left may not be more entries than this, the youngest ones; at least 1. */
  readonly keepAtMost: number;
}

/** The log of all changes of products. Every method is one statement. */
export interface ChangeLog {
  /** The id that this database was given at its first migration: 128 random bits in hexadecimal. */
  databaseId(): Promise<string>;
  head(): Promise<ChangeLogHead>;
  start(): Promise<ChangeLogStart>;
  /** The entries that follow a sequence number, at most `limit`, in order. */
  read(after: number, limit: number): Promise<ProductChange[]>;
  /**
   * Removes entries from the log's start, at most some thousands at once, so that nobody waits long
   * for the lock.
   *
   * @returns how many it removed; call again until that is 0
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

const prunedAtOnce = 5000;

/** The version of an entry; NULL where it is not one. */
const readableVersion = Prisma.sql`
  CASE WHEN typeof(version) = 'integer' AND version BETWEEN 1 AND 9007199254740991 THEN version END`;

/** The time of an entry in milliseconds since 1970; NULL where it is not one that a Date can hold. */
const readableTime = Prisma.sql`
  CASE WHEN typeof(changed_at) = 'integer' AND abs(changed_at) <= 8640000000000000 THEN changed_at END`;

/** Opens the log of a database. */
export function openChangeLog(client: PrismaClient): ChangeLog {
  return {
    async databaseId() {
      const row = await client.metadata.findUniqueOrThrow({ where: { key: 'database_id' } });
      return row.value;
    },

    async head() {
      // A sum has no declared type, so that Prisma does not take the number for one of 32 bits.
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

/** An entry goes only if the next one is old enough too, so that the log begins with an old one. */
function prune(
  client: PrismaClient,
  { before, olderThanMs, keepAtMost }: PruneOptions,
): Promise<number> {
  return client.$executeRaw`
    WITH
      oldest AS (SELECT seq, changed_at FROM product_changes ORDER BY seq LIMIT ${prunedAtOnce}),
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
