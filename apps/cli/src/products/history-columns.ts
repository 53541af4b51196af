import type { HistoryEntry } from '@product-api/client';
import { type Column, eachCell } from '../output/column.js';
import { printable } from '../output/printable.js';
import { priceText } from './price-text.js';

/** The columns of a history. */
export const historyColumns: readonly Column<HistoryEntry>[] = [
  {
    field: 'version',
    heading: 'VERSION',
    cells: eachCell(({ version }) => String(version)),
    align: 'right',
  },
  { field: 'changed_at', heading: 'TIME', cells: eachCell(({ changed_at }) => changed_at) },
  { field: 'kind', heading: 'KIND', cells: eachCell(({ kind }) => kind) },
  {
    field: 'changed_by',
    heading: 'KEY',
    cells: eachCell(({ changed_by }) => printable(changed_by ?? '')),
    leaveOut: 1,
  },
  {
    field: 'previous',
    heading: 'BEFORE',
    cells: eachCell(({ previous }) => previousText(previous)),
    text: { least: 16, wanted: 60 },
  },
];

/** Formats the values that a change replaced, such as `price 29.99, stock_quantity 100`. */
function previousText(previous: HistoryEntry['previous']): string {
  const values = Object.entries(previous ?? {}).map(([field, value]) => {
    const text = field === 'price' ? priceText(Number(value)) : printable(String(value));
    return `${field} ${text}`;
  });
  return values.join(', ');
}
