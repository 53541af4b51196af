import { csvLine } from './csv.js';
import type { PrintContext } from './print-list.js';
import { csvRecord, type Fields, jsonRecord } from './record-text.js';
import { write } from './write.js';

/** How one item is printed. */
export interface PrintRecordOptions<Item> {
  /** The fields of the item in CSV. JSON has all. */
  readonly fields: Fields<Item>;
  /** Formats the item for people, without a trailing line break. */
  readonly text: (item: Item) => string;
}

/** Prints one item in the format of the command. */
export async function printRecord<Item>(
  { format, stdout }: Omit<PrintContext, 'stderr'>,
  item: Item,
  { fields, text }: PrintRecordOptions<Item>,
): Promise<void> {
  const formats = {
    table: () => `${text(item)}\n`,
    json: () => jsonRecord(item),
    csv: () => csvLine(fields) + csvRecord(item, fields),
  };
  await write(stdout, formats[format]());
}
