import {
  type ChangeLogHead,
  type ChangeRow,
  type ProductChange,
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
export const readableTime = Prisma.sql`
  CASE WHEN changed_at BETWEEN '0001-01-01Z' AND '9999-12-31Z'
    THEN (extract(epoch FROM changed_at) * 1000)::bigint END`;

/**
 * The first entry that a cache may still need. If somebody has deleted that row of the metadata,
 * all of them.
 */
export const relayStart = Prisma.sql`
  coalesce((SELECT value::bigint FROM metadata WHERE key = 'relay_start'), 0)`;

/**
 * Numbers the committed entries, and returns the end of the log. It takes more than one statement
 * only after a change of many rows.
 */
export async function numberAndReadHead(connection: Transaction): Promise<ChangeLogHead> {
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

/** Returns the numbered entries after a sequence number, at most `limit`, in order. */
export async function readEntries(
  connection: Transaction,
  after: Prisma.Sql,
  limit: number,
): Promise<ProductChange[]> {
  const rows = await connection.$queryRaw<ChangeRow[]>(Prisma.sql`
    SELECT
      seq, product_id::text AS product_id, kind,
      ${readableVersion} AS version, ${readableTime} AS changed_at
    FROM product_changes WHERE seq > ${after} ORDER BY seq LIMIT ${limit}::bigint`);
  return rows.map(toChange);
}
