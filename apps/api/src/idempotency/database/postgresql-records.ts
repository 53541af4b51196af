import { Prisma } from '@product-api/database';
import { MAX_PRUNED, type RecordRetention, type RecordStatements } from './record-statements.js';

/** The statements of PostgreSQL. Rows arrive as one parameter, a JSON array of objects. */
export const postgresqlRecords: RecordStatements = {
  select: (keys) => Prisma.sql`
    SELECT record.scope, record.key, record.fingerprint, record.outcome
    FROM json_to_recordset(${JSON.stringify(keys.map(({ scope, key }) => ({ scope, key })))}::json)
      AS wanted (scope text, key text)
    JOIN idempotency_records AS record USING (scope, key)`,

  insert(records, at) {
    const rows = records.map(({ scope, key, fingerprint, outcome }) => {
      return { scope, key, fingerprint, outcome };
    });
    // Sorted, so that batches of several processes cannot wait for each other in a circle.
    return Prisma.sql`
      INSERT INTO idempotency_records (scope, key, fingerprint, outcome, created_at)
      SELECT scope, key, fingerprint, outcome, to_timestamp(${at.getTime()}::float8 / 1000)
      FROM json_to_recordset(${JSON.stringify(rows)}::json)
        AS added (scope text, key text, fingerprint text, outcome text)
      ORDER BY scope COLLATE "C", key COLLATE "C"
      ON CONFLICT (scope, key) DO NOTHING`;
  },

  replace: ({ scope, key, outcome }, previousOutcome) => Prisma.sql`
    UPDATE idempotency_records SET outcome = ${outcome}
    WHERE scope = ${scope} AND key = ${key} AND outcome = ${previousOutcome}`,

  countDue: (retention) => Prisma.sql`
    SELECT count(*) AS due FROM (${dueRecords(retention)}) AS records`,

  // Without waiting for another process that is deleting the same records.
  prune: (retention) => Prisma.sql`
    DELETE FROM idempotency_records WHERE number IN (
      SELECT number FROM idempotency_records WHERE number IN (${dueRecords(retention)})
      FOR UPDATE SKIP LOCKED
    )`,
};

function dueRecords({ before, keepAtMost }: RecordRetention): Prisma.Sql {
  return Prisma.sql`
    SELECT number FROM (
      SELECT number, created_at FROM idempotency_records
      ORDER BY number LIMIT ${MAX_PRUNED}::bigint
    ) AS oldest
    WHERE created_at < to_timestamp(${before.getTime()}::float8 / 1000)
      OR number <= (SELECT max(number) FROM idempotency_records) - ${keepAtMost}::bigint`;
}
