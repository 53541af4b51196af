import {
  type ChangeLog,
  type ChangeLogStart,
  MAX_PRUNED_AT_ONCE,
  type PruneOptions,
} from '../change-log.js';
import { Prisma, type PrismaClient } from '../generated/sqlite/client.js';
import { readableTime, readEntries, readHead, relayStart } from './change-entries.js';

/** Creates the change log of a SQLite database. */
export function sqliteChangeLog(client: PrismaClient): ChangeLog {
  return {
    head: () => readHead(client),
    start: () => readStart(client),
    read: (after, limit) =>
      readEntries(client, Prisma.sql`max(${after}, ${relayStart} - 1)`, limit),
    prune: (options) => prune(client, options),
  };
}

async function readStart(client: PrismaClient): Promise<ChangeLogStart> {
  const [row] = await client.$queryRaw<{ seq: number | bigint; age: number | bigint | null }[]>`
    SELECT
      coalesce(
        (SELECT min(seq) FROM product_changes WHERE seq >= ${relayStart}),
        (SELECT seq FROM sqlite_sequence WHERE name = 'product_changes') + 1,
        1
      ) AS seq,
      unixepoch('subsec') * 1000 - (
        SELECT ${readableTime} FROM product_changes WHERE seq >= ${relayStart}
        ORDER BY seq LIMIT 1
      ) AS age`;
  const seq = Number(row?.seq ?? 1);
  return { seq, reachMs: seq === 1 ? Number.POSITIVE_INFINITY : Number(row?.age ?? 0) };
}

/**
 * Moves over an entry only if the next one is old enough too, so that the log starts with an old
 * one.
 */
async function prune(
  client: PrismaClient,
  { before, olderThanMs, keepAtMost }: PruneOptions,
): Promise<boolean> {
  const moved = await client.$executeRaw`
    WITH
      oldest AS (
        SELECT seq, changed_at FROM product_changes WHERE seq >= ${relayStart}
        ORDER BY seq LIMIT ${MAX_PRUNED_AT_ONCE}
      ),
      followed AS (SELECT seq, lead(changed_at) OVER (ORDER BY seq) AS next_at FROM oldest),
      first_to_keep AS (
        SELECT min(seq) AS seq FROM followed
        WHERE next_at IS NULL OR next_at > unixepoch('subsec') * 1000 - ${olderThanMs}
      ),
      next_start AS (
        SELECT min(
          ${before},
          (SELECT max(seq) + 1 FROM oldest),
          max(
            (SELECT seq FROM first_to_keep),
            (SELECT max(seq) FROM product_changes) - ${Math.max(1, keepAtMost)} + 1
          )
        ) AS seq
      )
    UPDATE metadata SET value = CAST(CAST(next_start.seq AS INTEGER) AS TEXT) FROM next_start
    WHERE key = 'relay_start' AND CAST(value AS INTEGER) < next_start.seq`;
  return moved > 0;
}
