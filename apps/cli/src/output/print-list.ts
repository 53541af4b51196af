import { MAX_PAGE_SIZE } from '@product-api/client';
import type { Session } from '../session.js';
import { write } from './write.js';

/** The width of a table in columns if the output is not a terminal. */
export const WIDTH_WITHOUT_TERMINAL = 120;

/** How a list is printed. */
export interface PrintListOptions<Item> {
  /** The maximum number of items. */
  readonly limit: number;
  /** Formats items as a table that fits a width in columns. */
  readonly table: (items: readonly Item[], width: number) => string;
}

/** Prints a list: JSON lines as the items arrive, a table when all of them are there. */
export async function printList<Item>(
  { format, stdout, stderr }: Session,
  items: AsyncIterable<Item>,
  { limit, table }: PrintListOptions<Item>,
): Promise<void> {
  const rows: Item[] = [];
  let count = 0;
  for await (const item of items) {
    count += 1;
    if (count > limit) {
      break;
    }
    if (format === 'json') {
      await write(stdout, `${JSON.stringify(item)}\n`);
    } else {
      rows.push(item);
    }
  }
  if (format === 'table') {
    await write(stdout, table(rows, stdout.columns ?? WIDTH_WITHOUT_TERMINAL));
  }
  if (count > limit) {
    await write(stderr, `Only the first ${limit} are shown; use --limit or --all for more.\n`);
  }
}

/**
 * Returns the number of items per request that a limit needs. One item more than the limit shows,
 * without another request, whether there are more.
 */
export function pageSizeFor(limit: number): number {
  return Math.min(limit + 1, MAX_PAGE_SIZE);
}
