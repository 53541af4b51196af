import {
  type ChangeLog,
  type ChangeLogStart,
  MAX_PRUNED_AT_ONCE,
  type PruneOptions,
} from '../change-log.js';
import type { Transaction } from '../database.js';
import { Prisma } from '../generated/sqlite/client.js';
import { numberAndReadHead, readableTime, readEntries, relayStart } from './change-entries.js';

/** Creates the change log of a PostgreSQL database. The log's numbers are given by its readers. */
export function postgresqlChangeLog(connection: Transaction): ChangeLog {
  return {
    head: () => numberAndReadHead(connection),
    start: () => readStart(connection),
    read: (after, limit) =>
      readEntries(connection, Prisma.sql`greatest(${after}::bigint, ${relayStart} - 1)`, limit),
    prune: (options) => prune(connection, options),
  };
}

async function readStart(connection: Transaction): Promise<ChangeLogStart> {
  const [row] = await connection.$queryRaw<{ seq: bigint; age: number | null }[]>(Prisma.sql`
    SELECT
      coalesce(
        (SELECT min(seq) FROM product_changes WHERE seq >= ${relayStart}),
        (SELECT value::bigint FROM metadata WHERE key = 'last_change') + 1
      ) AS seq,
      (extract(epoch FROM clock_timestamp()) * 1000)::float8 - (
        SELECT ${readableTime} FROM product_changes WHERE seq >= ${relayStart}
        ORDER BY seq LIMIT 1
      ) AS age`);
  const seq = Number(row?.seq ?? 1);
  return { seq, reachMs: seq === 1 ? Number.POSITIVE_INFINITY : Number(row?.age ?? 0) };
}

/**
 * Moves over an entry only if the next one is old enough too, so that the log starts with an old
 * one. Entries without a number do not count: comparisons with NULL are not true.
 */
async function prune(
  connection: Transaction,
  { before, olderThanMs, keepAtMost }: PruneOptions,
): Promise<boolean> {
  const moved = await connection.$executeRaw(Prisma.sql`
    WITH
      oldest AS (
        SELECT seq, changed_at FROM product_changes WHERE seq >= ${relayStart}
        ORDER BY seq LIMIT ${MAX_PRUNED_AT_ONCE}::bigint
      ),
      followed AS (SELECT seq, lead(changed_at) OVER (ORDER BY seq) AS next_at FROM oldest),
      first_to_keep AS (
        SELECT min(seq) AS seq FROM followed
        WHERE next_at IS NULL
          OR extract(epoch FROM clock_timestamp() - next_at) * 1000 < ${olderThanMs}::float8
      ),
      next_start AS (
        SELECT least(
          ${before}::bigint,
          (SELECT max(seq) + 1 FROM oldest),
          greatest(
            (SELECT seq FROM first_to_keep),
            (SELECT max(seq) FROM product_changes) - ${Math.max(1, keepAtMost)}::bigint + 1
          )
        ) AS seq
        WHERE EXISTS (SELECT FROM oldest)
      )
    UPDATE metadata SET value = next_start.seq::text FROM next_start
    WHERE key = 'relay_start' AND value::bigint < next_start.seq`);
  return moved > 0;
}
