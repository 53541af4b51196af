import type { Session } from '../session.js';
import type { Column } from './column.js';
import { recordHeading, recordText } from './record-text.js';
import { write } from './write.js';

/** How one item is printed. */
export interface PrintRecordOptions<Item> {
  readonly columns: readonly Column<Item>[];
  /** Formats the item for people, without a trailing line break. */
  readonly text: (item: Item) => string;
}

/** Prints one item in the format of the session. */
export async function printRecord<Item>(
  { format, stdout }: Session,
  item: Item,
  { columns, text }: PrintRecordOptions<Item>,
): Promise<void> {
  const output =
    format === 'table'
      ? `${text(item)}\n`
      : recordHeading(format, columns) + recordText(item, { format, columns });
  await write(stdout, output);
}
