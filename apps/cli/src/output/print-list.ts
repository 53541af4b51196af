import { MAX_PAGE_SIZE } from '@product-api/client';
import type { Session } from '../session.js';
import type { Column } from './column.js';
import { fittedTable } from './fitted-table.js';
import { recordHeading, recordText } from './record-text.js';
import { write } from './write.js';

/** The width of a table in columns if the output is not a terminal. */
const WIDTH_WITHOUT_TERMINAL = 120;

/** How a list is printed. */
export interface PrintListOptions<Item> {
  /** All columns of the list. */
  readonly columns: readonly Column<Item>[];
  /** The columns of the command line. Default: all; a table leaves out what does not fit. */
  readonly chosen: readonly Column<Item>[] | undefined;
  /** The maximum number of items. Default: all. */
  readonly limit?: number;
}

/** The pages of a list. */
export type Pages<Item> = AsyncIterable<readonly Item[]> | Iterable<readonly Item[]>;

/**
 * Prints a list: JSON and CSV page by page as they arrive, a table when all items are there.
 */
export async function printList<Item>(
  { format, stdout, stderr }: Session,
  pages: Pages<Item>,
  { columns, chosen, limit = Infinity }: PrintListOptions<Item>,
): Promise<void> {
  const rows: Item[] = [];
  let left = limit;
  if (format !== 'table') {
    await write(stdout, recordHeading(format, chosen ?? columns));
  }
  for await (const page of pages) {
    const shown = page.slice(0, left);
    if (format === 'table') {
      rows.push(...shown);
    } else {
      const records = shown.map((item) => recordText(item, { format, columns, chosen }));
      await write(stdout, records.join(''));
    }
    left -= page.length;
    if (left < 0) {
      break;
    }
  }
  if (format === 'table') {
    const width = stdout.columns ?? WIDTH_WITHOUT_TERMINAL;
    const keepsAll = chosen !== undefined;
    await write(stdout, fittedTable(rows, chosen ?? columns, { width, keepsAll }));
  }
  if (left < 0) {
    await write(stderr, `Only the first ${limit} are shown; use --limit or --all for more.\n`);
  }
}

/** Returns the items of each page of a list. */
export async function* itemsOf<Item>(
  pages: AsyncIterable<{ readonly items: readonly Item[] }>,
): AsyncGenerator<readonly Item[]> {
  for await (const { items } of pages) {
    yield items;
  }
}

/**
 * Returns the number of items per request that a limit needs. One item more than the limit shows,
 * without another request, whether there are more.
 */
export function pageSizeFor(limit: number): number {
  return Math.min(limit + 1, MAX_PAGE_SIZE);
}
