import type { StockAdjustment } from '@product-api/client';
import { type Column, eachCell } from '../output/column.js';
import { printable } from '../output/printable.js';

/** The columns of a list of changes of a stock. */
export const ledgerColumns: readonly Column<StockAdjustment>[] = [
  { field: 'at', heading: 'TIME', cells: eachCell(({ at }) => at) },
  {
    field: 'delta',
    heading: 'DELTA',
    cells: eachCell(({ delta }) => (delta > 0 ? `+${delta}` : String(delta))),
    align: 'right',
  },
  {
    field: 'quantity_after',
    heading: 'STOCK',
    cells: eachCell(({ quantity_after }) => String(quantity_after)),
    align: 'right',
  },
  {
    field: 'reason',
    heading: 'REASON',
    cells: eachCell(({ reason }) => printable(reason ?? '')),
    text: { least: 8, wanted: 16 },
    leaveOut: 1,
  },
  {
    field: 'reference',
    heading: 'REFERENCE',
    cells: eachCell(({ reference }) => printable(reference ?? '')),
    text: { least: 9, wanted: 12 },
    leaveOut: 2,
  },
];
