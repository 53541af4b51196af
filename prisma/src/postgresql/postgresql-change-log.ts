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
import type { Transaction } from '../database.js';
import { Prisma } from '../generated/sqlite/client.js';

interface HeadRow extends Pick<ChangeRow, 'seq' | 'changed_at'> {
  readonly database_id: string | null;
  readonly is_complete: boolean;
}

/** The version of an entry; NULL when it is not a safe integer. */
const readableVersion = Prisma.sql`
  CASE WHEN version BETWEEN 1 AND 9007199254740991 THEN version END`;

/** The time of an entry in milliseconds since 1970; NULL when a Date cannot hold it. */
const readableTime = Prisma.sql`
  CASE WHEN changed_at BETWEEN '0001-01-01Z' AND '9999-12-31Z'
    THEN (extract(epoch FROM changed_at) * 1000)::bigint END`;

/** Creates the change log of a PostgreSQL database. The log's numbers are given by its readers. */
export function postgresqlChangeLog(connection: Transaction): ChangeLog {
  return {
    head: () => numberAndReadHead(connection),

    start: () => readStart(connection),

    async read(after, limit) {
      const rows = await connection.$queryRaw<ChangeRow[]>(Prisma.sql`
        SELECT
          seq, product_id::text AS product_id, kind,
          ${readableVersion} AS version, ${readableTime} AS changed_at
        FROM product_changes WHERE seq > ${after}::bigint ORDER BY seq LIMIT ${limit}::bigint`);
      return rows.map(toChange);
    },

    prune: (options) => prune(connection, options),
  };
}

/** Numbers the committed entries. It takes more than one call only after a change of many rows. */
async function numberAndReadHead(connection: Transaction): Promise<ChangeLogHead> {
  for (;;) {
    const [row] = await connection.$queryRaw<HeadRow[]>(Prisma.sql`
      SELECT database_id, seq, ${readableTime} AS changed_at, is_complete
      FROM product_changes_head()`);
    if (row === undefined) {
      throw new TypeError('The table metadata has no last_change any more: restore that row');
    }
    if (row.is_complete) {
      return {
        databaseId: requireDatabaseId(row.database_id),
        seq: Number(row.seq),
        changedAt: toDate(row.changed_at),
      };
    }
  }
}

async function readStart(connection: Transaction): Promise<ChangeLogStart> {
  const [row] = await connection.$queryRaw<{ seq: bigint; age: number | null }[]>(Prisma.sql`
    SELECT
      coalesce(
        (SELECT min(seq) FROM product_changes),
        (SELECT value::bigint FROM metadata WHERE key = 'last_change') + 1
      ) AS seq,
      (extract(epoch FROM clock_timestamp()) * 1000)::float8
        - (SELECT ${readableTime} FROM product_changes WHERE seq IS NOT NULL ORDER BY seq LIMIT 1)
        AS age`);
  const seq = Number(row?.seq ?? 1);
  return { seq, reachMs: seq === 1 ? Number.POSITIVE_INFINITY : Number(row?.age ?? 0) };
}

/**
 * Removes an entry only if the next one is old enough too, so that the log starts with an old one.
 * An entry without a number stays: comparisons with NULL are not true.
 */
function prune(
  connection: Transaction,
  { before, olderThanMs, keepAtMost }: PruneOptions,
): Promise<number> {
  return connection.$executeRaw(Prisma.sql`
    WITH
      oldest AS (
        SELECT seq, changed_at FROM product_changes
        WHERE seq IS NOT NULL ORDER BY seq LIMIT ${MAX_PRUNED_AT_ONCE}::bigint
      ),
      followed AS (SELECT seq, lead(changed_at) OVER (ORDER BY seq) AS next_at FROM oldest),
      first_to_keep AS (
        SELECT min(seq) AS seq FROM followed
        WHERE next_at IS NULL
          OR extract(epoch FROM clock_timestamp() - next_at) * 1000 < ${olderThanMs}::float8
      )
    DELETE FROM product_changes
    WHERE seq < ${before}::bigint
      AND seq <= (SELECT max(seq) FROM oldest)
      AND seq < greatest(
        (SELECT seq FROM first_to_keep),
        (SELECT max(seq) FROM product_changes) - ${Math.max(1, keepAtMost)}::bigint + 1
      )`);
}
