import type { StockAdjustment } from '@product-api/client';
import { type Column, numberColumn, plainTable, widthLeft } from '../output/plain-table.js';
import { printable } from '../output/printable.js';

/** The width of a time such as `2026-02-28T23:59:59.999Z`. */
const TIME_WIDTH = 24;
const REASON_WIDTH = 16;
const MIN_REFERENCE_WIDTH = 12;

/**
 * Formats changes of a stock as a table with one line per change. Long texts are cut off.
 *
 * @param width columns of the terminal
 */
export function ledgerTable(ledger: readonly StockAdjustment[], width: number): string {
  const texts = (heading: string, values: readonly (string | null)[], width: number): Column => ({
    cells: [heading, ...values.map((value) => printable(value ?? ''))],
    width,
  });
  const columns = [
    texts(
      'TIME',
      ledger.map(({ at }) => at),
      TIME_WIDTH,
    ),
    numberColumn(
      'DELTA',
      ledger.map(({ delta }) => (delta > 0 ? `+${delta}` : String(delta))),
    ),
    numberColumn(
      'STOCK',
      ledger.map(({ quantity_after }) => String(quantity_after)),
    ),
    texts(
      'REASON',
      ledger.map(({ reason }) => reason),
      REASON_WIDTH,
    ),
  ];
  const references = ledger.map(({ reference }) => reference);
  const left = Math.max(MIN_REFERENCE_WIDTH, widthLeft(width, columns));
  return plainTable([...columns, texts('REFERENCE', references, left)]);
}
