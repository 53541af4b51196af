import { type ChangeFeed, type ChangeRetention, MAX_DELETED_AT_ONCE } from '../change-feed.js';
import type { Transaction } from '../database.js';
import { Prisma } from '../generated/sqlite/client.js';
import { type Reads, readableTime, readEntries, readHead, relayStart } from './change-entries.js';

/** Creates the change feed of a SQLite database. */
export function sqliteChangeFeed(connection: Transaction): ChangeFeed {
  return {
    head: () => readHead(connection),
    start: () => readStart(connection),
    read: (after, limit) => readEntries(connection, Prisma.sql`${after}`, limit),
    deleteOld: (retention) => deleteOld(connection, retention),
  };
}

async function readStart(connection: Reads): Promise<number> {
  const [row] = await connection.$queryRaw<{ seq: number | bigint | string }[]>(Prisma.sql`
    SELECT coalesce(
      (SELECT min(seq) FROM product_changes),
      (SELECT seq FROM sqlite_sequence WHERE name = 'product_changes') + 1,
      1
    ) AS seq`);
  return Number(row?.seq ?? 1);
}

async function deleteOld(connection: Transaction, retention: ChangeRetention): Promise<number> {
  const due = dueEntries(retention);
  const [row] = await connection.$queryRaw<{ count: number | bigint | string }[]>(
    Prisma.sql`SELECT count(*) AS count FROM (${due})`,
  );
  return Number(row?.count ?? 0) === 0
    ? 0
    : connection.$executeRaw(Prisma.sql`DELETE FROM product_changes WHERE seq IN (${due})`);
}

/** Selects entries from the first one on without a gap, so that a feed never misses one between. */
function dueEntries({ olderThanMs, keepAtMost }: ChangeRetention): Prisma.Sql {
  return Prisma.sql`
    WITH oldest AS (
      SELECT seq, ${readableTime} AS changed_at FROM product_changes
      ORDER BY seq LIMIT ${MAX_DELETED_AT_ONCE}
    )
    SELECT seq FROM oldest
    WHERE seq < ${relayStart} AND seq < max(
      coalesce(
        (SELECT min(seq) FROM oldest
          WHERE changed_at >= unixepoch('subsec') * 1000 - ${olderThanMs}),
        (SELECT max(seq) + 1 FROM oldest)
      ),
      (SELECT max(seq) FROM product_changes) - ${Math.max(1, keepAtMost)} + 1
    )`;
}
