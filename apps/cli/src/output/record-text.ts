import type { Column } from './column.js';
import { csvLine } from './csv.js';
import type { Format } from './format.js';

/** A format for programs. */
export type RecordFormat = Exclude<Format, 'table'>;

/** How an item is formatted. */
export interface RecordOptions<Item> {
  readonly format: RecordFormat;
  /** All columns of the item. */
  readonly columns: readonly Column<Item>[];
  /** The columns of the command line. Default: all. */
  readonly chosen?: readonly Column<Item>[] | undefined;
}

/** Returns the lines before the first item. */
export function recordHeading<Item>(
  format: RecordFormat,
  columns: readonly Column<Item>[],
): string {
  return format === 'csv' ? csvLine(columns.map(({ field }) => field)) : '';
}

/** Formats an item as a line of CSV, or as a JSON document on one line. */
export function recordText<Item>(
  item: Item,
  { format, columns, chosen }: RecordOptions<Item>,
): string {
  if (format === 'csv') {
    return csvLine((chosen ?? columns).map(({ field }) => item[field]));
  }
  const picked = chosen && Object.fromEntries(chosen.map(({ field }) => [field, item[field]]));
  return `${JSON.stringify(picked ?? item)}\n`;
}
