import { Prisma } from '@product-api/database';
import { lockRows, selectRows } from '../../products/database/postgresql/row-statements.js';
import { withAuthors } from '../../products/database/postgresql/set-authors.js';
import { millisecondsOf, timeOf } from '../../products/database/postgresql/timestamps.js';
import type { ChangedRow, LedgerLine } from '../decide-group.js';
import type { LedgerRange, StockStatements } from './stock-statements.js';

// Every statement that writes takes its rows as a JSON array of objects by column.

/** The statements of PostgreSQL. */
export const postgresqlStatements: StockStatements = {
  lockRows,
  lockFreeRows: (ids) => Prisma.sql`${lockRows(ids)} SKIP LOCKED`,
  selectRows,
  insertLines,
  setQuantities,
  noteAuthors: undefined,
  selectLedger,
};

/**
 * Looks for a line of each ledger by a subquery for each row, as a join might read the whole table.
 * The statement that locks the rows cannot do that: it does not see lines that were committed while
 * it waited.
 */
function insertLines(
  lines: readonly LedgerLine[],
  changed: readonly ChangedRow[],
  at: Date,
): Prisma.Sql {
  const openingRows = changed.map(({ id, quantityBefore }) => {
    return { product_id: id, quantity: quantityBefore };
  });
  const lineRows = lines.map(({ id, delta, quantityAfter, reason, reference }, position) => {
    return { position, product_id: id, delta, quantity_after: quantityAfter, reason, reference };
  });
  return Prisma.sql`
    INSERT INTO stock_adjustments (product_id, delta, quantity_after, reason, reference, at)
    SELECT
      product_id, delta, quantity_after, reason, reference,
      ${timeOf(Prisma.sql`${at.getTime()}`)}
    FROM (
      SELECT
        -1 AS position, product_id, quantity AS delta, quantity AS quantity_after,
        NULL AS reason, NULL AS reference
      FROM json_to_recordset(${JSON.stringify(openingRows)}::json)
        AS opening (product_id uuid, quantity bigint)
      WHERE quantity <> 0
        AND (
          SELECT true FROM stock_adjustments WHERE product_id = opening.product_id LIMIT 1
        ) IS NULL
      UNION ALL
      SELECT position, product_id, delta, quantity_after, reason, reference
      FROM json_to_recordset(${JSON.stringify(lineRows)}::json) AS line (
        position int, product_id uuid, delta bigint, quantity_after bigint, reason text,
        reference text
      )
    ) AS line
    ORDER BY position`;
}

function setQuantities(changed: readonly ChangedRow[], at: Date): Prisma.Sql {
  const rows = changed.map(({ id, quantity }) => ({ id, quantity }));
  const records = Prisma.sql`
    json_to_recordset(${JSON.stringify(rows)}::json) AS change (id uuid, quantity bigint)`;
  return Prisma.sql`
    UPDATE products AS product
    SET
      stock_quantity = change.quantity, version = product.version + 1,
      updated_at = ${timeOf(Prisma.sql`${at.getTime()}`)}
    FROM ${withAuthors(records, changed)}
    WHERE product.id = change.id`;
}

function selectLedger({ id, before, limit }: LedgerRange): Prisma.Sql {
  const page =
    before === undefined ? Prisma.empty : Prisma.sql`AND line_number < ${before}::bigint`;
  return Prisma.sql`
    SELECT
      EXISTS (SELECT FROM products WHERE id = ${id}::uuid)
        OR EXISTS (SELECT FROM stock_adjustments WHERE product_id = ${id}::uuid) AS known,
      (
        SELECT coalesce(
          json_agg(
            json_build_array(
              line_number, delta, quantity_after, reason, reference,
              ${millisecondsOf(Prisma.sql`at`)}
            )
            ORDER BY line_number DESC
          ),
          '[]'
        )::text
        FROM (
          SELECT * FROM stock_adjustments WHERE product_id = ${id}::uuid ${page}
          ORDER BY line_number DESC LIMIT ${limit + 1}::bigint
        ) AS line
      ) AS lines`;
}
