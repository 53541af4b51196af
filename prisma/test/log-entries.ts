import type { Dialect } from '../src/database.js';
import type { TestDatabase } from './temporary-database.js';

const now: Record<Dialect, string> = {
  sqlite: "CAST(unixepoch('subsec') * 1000 AS INTEGER)",
  postgresql: 'clock_timestamp()',
};

/** Logs changes, without the products, and lets PostgreSQL give them their numbers. */
export async function logEntries(
  { sql, dialect, changeLog }: TestDatabase,
  count: number,
): Promise<void> {
  await sql(`
    WITH RECURSIVE numbers (number) AS (
      SELECT 1 UNION ALL SELECT number + 1 FROM numbers WHERE number < ${count}
    )
    INSERT INTO product_changes (product_id, version, kind, changed_at)
    SELECT '00000000-0000-4000-8000-000000000000', number, 'update', ${now[dialect]} FROM numbers`);
  await changeLog.head();
}
