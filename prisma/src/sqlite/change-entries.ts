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

/** Runs statements that read. */
export type Reads = Pick<Transaction, '$queryRaw'>;

interface HeadRow extends Pick<ChangeRow, 'seq' | 'changed_at'> {
  readonly database_id: string | null;
}

/** The version of an entry; NULL when it is not a safe integer. */
const readableVersion = Prisma.sql`
  CASE WHEN typeof(version) = 'integer' AND version BETWEEN 1 AND 9007199254740991 THEN version END`;

/** The time of an entry in milliseconds since 1970; NULL when a Date cannot hold it. */
export const readableTime = Prisma.sql`
  CASE WHEN typeof(changed_at) = 'integer' AND abs(changed_at) <= 8640000000000000 THEN changed_at END`;

/**
 * The first entry that a cache may still need. If somebody has deleted that row of the metadata,
 * all of them.
 */
export const relayStart = Prisma.sql`
  coalesce((SELECT CAST(value AS INTEGER) FROM metadata WHERE key = 'relay_start'), 0)`;

/** Returns the end of the log. */
export async function readHead(connection: Reads): Promise<ChangeLogHead> {
  // A sum has no declared type; Prisma would read the column itself as a 32-bit number.
  const [row] = await connection.$queryRaw<HeadRow[]>(Prisma.sql`
    SELECT id.value AS database_id, coalesce(s.seq, 0) + 0 AS seq, ${readableTime} AS changed_at
    FROM (SELECT 1) LEFT JOIN metadata AS id ON id.key = 'database_id'
      LEFT JOIN sqlite_sequence AS s ON s.name = 'product_changes'
      LEFT JOIN product_changes AS c ON c.seq = s.seq`);
  return {
    databaseId: requireDatabaseId(row?.database_id),
    seq: Number(row?.seq ?? 0),
    changedAt: toDate(row?.changed_at ?? null),
  };
}

/** Returns the entries after a sequence number, at most `limit`, in order. */
export async function readEntries(
  connection: Reads,
  after: Prisma.Sql,
  limit: number,
): Promise<ProductChange[]> {
  const rows = await connection.$queryRaw<ChangeRow[]>(Prisma.sql`
    SELECT
      seq + 0 AS seq, CAST(product_id AS TEXT) AS product_id, kind,
      ${readableVersion} AS version, ${readableTime} AS changed_at
    FROM product_changes WHERE seq > ${after} ORDER BY seq LIMIT ${limit}`);
  return rows.map(toChange);
}
