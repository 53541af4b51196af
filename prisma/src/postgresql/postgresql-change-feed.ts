import { type ChangeFeed, type ChangeRetention, MAX_DELETED_AT_ONCE } from '../change-feed.js';
import type { Transaction } from '../database.js';
import { Prisma } from '../generated/sqlite/client.js';
import { numberAndReadHead, readableTime, readEntries, relayStart } from './change-entries.js';

/** Creates the change feed of a PostgreSQL database. */
export function postgresqlChangeFeed(connection: Transaction): ChangeFeed {
  return {
    head: () => numberAndReadHead(connection),
    start: () => readStart(connection),
    read: (after, limit) => readEntries(connection, Prisma.sql`${after}::bigint`, limit),
    deleteOld: (retention) => deleteOld(connection, retention),
  };
}

async function readStart(connection: Transaction): Promise<number> {
  const [row] = await connection.$queryRaw<{ seq: bigint | string }[]>(Prisma.sql`
    SELECT coalesce(
      (SELECT min(seq) FROM product_changes),
      (SELECT value::bigint FROM metadata WHERE key = 'last_change') + 1
    ) AS seq`);
  return Number(row?.seq ?? 1);
}

async function deleteOld(connection: Transaction, retention: ChangeRetention): Promise<number> {
  const due = dueEntries(retention);
  const [row] = await connection.$queryRaw<{ count: bigint | string }[]>(
    Prisma.sql`SELECT count(*) AS count FROM (${due}) AS due`,
  );
  return Number(row?.count ?? 0) === 0
    ? 0
    : connection.$executeRaw(Prisma.sql`
        DELETE FROM product_changes WHERE seq IN (
          SELECT seq FROM product_changes WHERE seq IN (${due}) ORDER BY seq
          FOR UPDATE SKIP LOCKED
        )`);
}

/** Selects entries from the first one on without a gap, so that a feed never misses one between. */
function dueEntries({ olderThanMs, keepAtMost }: ChangeRetention): Prisma.Sql {
  return Prisma.sql`
    WITH oldest AS (
      SELECT seq, ${readableTime} AS changed_at FROM product_changes
      WHERE seq IS NOT NULL ORDER BY seq LIMIT ${MAX_DELETED_AT_ONCE}::bigint
    )
    SELECT seq FROM oldest
    WHERE seq < ${relayStart} AND seq < greatest(
      coalesce(
        (SELECT min(seq) FROM oldest
          WHERE changed_at >= (extract(epoch FROM clock_timestamp()) * 1000)::float8
            - ${olderThanMs}::float8),
        (SELECT max(seq) + 1 FROM oldest)
      ),
      (SELECT max(seq) FROM product_changes) - ${Math.max(1, keepAtMost)}::bigint + 1
    )`;
}
