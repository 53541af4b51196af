import {
  type ChangeLog,
  type ChangeLogHead,
  type ChangeLogStart,
  type ChangeRow,
  MAX_PRUNED_AT_ONCE,
  type PruneOptions,
  requireDatabaseId,
  toChange,
  toDate,
} from '../change-log.js';
import { Prisma, type PrismaClient } from '../generated/sqlite/client.js';

interface HeadRow extends Pick<ChangeRow, 'seq' | 'changed_at'> {
  readonly database_id: string | null;
}

/** The version of an entry; NULL when it is not a safe integer. */
const readableVersion = Prisma.sql`
  CASE WHEN typeof(version) = 'integer' AND version BETWEEN 1 AND 9007199254740991 THEN version END`;

/** The time of an entry in milliseconds since 1970; NULL when a Date cannot hold it. */
const readableTime = Prisma.sql`
  CASE WHEN typeof(changed_at) = 'integer' AND abs(changed_at) <= 8640000000000000 THEN changed_at END`;

/** Creates the change log of a SQLite database. */
export function sqliteChangeLog(client: PrismaClient): ChangeLog {
  return {
    head: () => readHead(client),

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

async function readHead(client: PrismaClient): Promise<ChangeLogHead> {
  // A sum has no declared type; Prisma would read the column itself as a 32-bit number.
  const [row] = await client.$queryRaw<HeadRow[]>`
    SELECT id.value AS database_id, coalesce(s.seq, 0) + 0 AS seq, ${readableTime} AS changed_at
    FROM (SELECT 1) LEFT JOIN metadata AS id ON id.key = 'database_id'
      LEFT JOIN sqlite_sequence AS s ON s.name = 'product_changes'
      LEFT JOIN product_changes AS c ON c.seq = s.seq`;
  return {
    databaseId: requireDatabaseId(row?.database_id),
    seq: Number(row?.seq ?? 0),
    changedAt: toDate(row?.changed_at ?? null),
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
