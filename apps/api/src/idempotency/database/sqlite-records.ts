import { Prisma } from '@product-api/database';
import { MAX_PRUNED, type RecordRetention, type RecordStatements } from './record-statements.js';

/** The statements of SQLite. Rows arrive as one parameter, a JSON array of arrays. */
export const sqliteRecords: RecordStatements = {
  select: (keys) => Prisma.sql`
    SELECT record.scope, record.key, record.fingerprint, record.outcome
    FROM json_each(${JSON.stringify(keys.map(({ scope, key }) => [scope, key]))})
    CROSS JOIN idempotency_records AS record
    ON record.scope = value ->> 0 AND record.key = value ->> 1`,

  insert(records, at) {
    const rows = records.map(({ scope, key, fingerprint, outcome }) => [
      scope,
      key,
      fingerprint,
      outcome,
    ]);
    return Prisma.sql`
      INSERT INTO idempotency_records (scope, key, fingerprint, outcome, created_at)
      SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, ${at.getTime()}
      FROM json_each(${JSON.stringify(rows)})
      WHERE true ON CONFLICT (scope, key) DO NOTHING`;
  },

  replace: ({ scope, key, outcome }, previousOutcome) => Prisma.sql`
    UPDATE idempotency_records SET outcome = ${outcome}
    WHERE scope = ${scope} AND key = ${key} AND outcome = ${previousOutcome}`,

  countDue: (retention) => Prisma.sql`SELECT count(*) AS due FROM (${dueRecords(retention)})`,

  prune: (retention) => Prisma.sql`
    DELETE FROM idempotency_records WHERE number IN (${dueRecords(retention)})`,
};

function dueRecords({ before, keepAtMost }: RecordRetention): Prisma.Sql {
  return Prisma.sql`
    SELECT number FROM (
      SELECT number, created_at FROM idempotency_records ORDER BY number LIMIT ${MAX_PRUNED}
    )
    WHERE created_at < ${before.getTime()}
      OR number <= (SELECT max(number) FROM idempotency_records) - ${keepAtMost}`;
}
