import { Prisma } from '@product-api/database';
import { noteAuthors } from '../../products/database/sqlite/note-authors.js';
import { selectRows } from '../../products/database/sqlite/row-statements.js';
import type { ChangedRow, LedgerLine } from '../decide-group.js';
import type { LedgerRange, StockStatements } from './stock-statements.js';

// Every statement that writes takes its rows as a JSON array of arrays: `value ->> 0` is the first
// value of a row.

/** The statements of SQLite. */
export const sqliteStatements: StockStatements = {
  // A transaction of SQLite holds the write lock from its begin.
  lockRows: selectRows,
  lockFreeRows: selectRows,
  selectRows,
  insertLines,
  setQuantities,
  noteAuthors,
  selectLedger,
};

function insertLines(
  lines: readonly LedgerLine[],
  changed: readonly ChangedRow[],
  at: Date,
): Prisma.Sql {
  const openingRows = changed.map(({ id, quantityBefore }) => [id, quantityBefore]);
  const lineRows = lines.map(({ id, delta, quantityAfter, reason, reference }) => {
    return [id, delta, quantityAfter, reason, reference];
  });
  return Prisma.sql`
    INSERT INTO stock_adjustments (product_id, delta, quantity_after, reason, reference, at)
    SELECT product_id, delta, quantity_after, reason, reference, ${at.getTime()}
    FROM (
      SELECT
        -1 AS position, value ->> 0 AS product_id, value ->> 1 AS delta,
        value ->> 1 AS quantity_after, NULL AS reason, NULL AS reference
      FROM json_each(${JSON.stringify(openingRows)})
      WHERE value ->> 1 <> 0
        AND NOT EXISTS (SELECT 1 FROM stock_adjustments WHERE product_id = value ->> 0)
      UNION ALL
      SELECT key, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4
      FROM json_each(${JSON.stringify(lineRows)})
    )
    ORDER BY position`;
}

function setQuantities(changed: readonly ChangedRow[], at: Date): Prisma.Sql {
  const rows = changed.map(({ id, quantity }) => [id, quantity]);
  return Prisma.sql`
    UPDATE products
    SET stock_quantity = change ->> 1, version = version + 1, updated_at = ${at.getTime()}
    FROM (SELECT value AS change FROM json_each(${JSON.stringify(rows)}))
    WHERE id = change ->> 0`;
}

function selectLedger({ id, before, limit }: LedgerRange): Prisma.Sql {
  const page = before === undefined ? Prisma.empty : Prisma.sql`AND line_number < ${before}`;
  return Prisma.sql`
    SELECT
      EXISTS (SELECT 1 FROM products WHERE id = ${id})
        OR EXISTS (SELECT 1 FROM stock_adjustments WHERE product_id = ${id}) AS known,
      (
        SELECT json_group_array(
          json_array(line_number, delta, quantity_after, reason, reference, at)
          ORDER BY line_number DESC
        )
        FROM (
          SELECT * FROM stock_adjustments WHERE product_id = ${id} ${page}
          ORDER BY line_number DESC LIMIT ${limit + 1}
        )
      ) AS lines`;
}
