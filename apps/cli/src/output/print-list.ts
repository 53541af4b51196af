import { MAX_PAGE_SIZE } from '@product-api/client';
import type { TextOutput } from '../cli-context.js';
import type { Column } from './column.js';
import { csvLine } from './csv.js';
import { fittedTable } from './fitted-table.js';
import type { Format } from './format.js';
import { csvRecord, jsonRecord } from './record-text.js';
import { write } from './write.js';

/** The width of a table in columns if the output is not a terminal. */
const WIDTH_WITHOUT_TERMINAL = 120;

/** Where and in which format a command prints. */
export interface PrintContext {
  readonly format: Format;
  readonly stdout: TextOutput;
  readonly stderr: TextOutput;
}

/** The pages of a list. */
export type Pages<Item> = AsyncIterable<readonly Item[]> | Iterable<readonly Item[]>;

/** How a list is printed. */
export interface PrintListOptions<Item> {
  /** All columns of the list. */
  readonly columns: readonly Column<Item>[];
  /** The columns of the command line. Default: all; a table leaves out what does not fit. */
  readonly chosen: readonly Column<Item>[] | undefined;
  /** The maximum number of items. Default: all. */
  readonly limit?: number;
}

/**
 * Prints a list: JSON and CSV page by page as they arrive, a table when all items are there. Says
 * on standard error whether there are more items than the limit.
 */
export async function printList<Item>(
  context: PrintContext,
  pages: Pages<Item>,
  { columns, chosen, limit = Infinity }: PrintListOptions<Item>,
): Promise<void> {
  const { format, stdout, stderr } = context;
  const limited = new LimitedPages(pages, limit);
  if (format === 'table') {
    const width = stdout.columns ?? WIDTH_WITHOUT_TERMINAL;
    const rows = await limited.toArray();
    const options = { width, keepsAll: chosen !== undefined };
    await write(stdout, fittedTable(rows, chosen ?? columns, options));
  } else if (format === 'csv') {
    const fields = (chosen ?? columns).map(({ field }) => field);
    await write(stdout, csvLine(fields));
    await writePages(stdout, limited, (item) => csvRecord(item, fields));
  } else {
    const fields = chosen?.map(({ field }) => field);
    await writePages(stdout, limited, (item) => jsonRecord(item, fields));
  }
  if (limited.hasMore) {
    await write(stderr, `Only the first ${limit} are shown; use --limit or --all for more.\n`);
  }
}

async function writePages<Item>(
  stdout: TextOutput,
  pages: AsyncIterable<readonly Item[]>,
  record: (item: Item) => string,
): Promise<void> {
  for await (const page of pages) {
    await write(stdout, page.map(record).join(''));
  }
}

/** The first items of a list, page by page. */
class LimitedPages<Item> implements AsyncIterable<readonly Item[]> {
  /** Whether the list has more items. Known at the end. */
  hasMore = false;
  readonly #pages: Pages<Item>;
  readonly #limit: number;

  constructor(pages: Pages<Item>, limit: number) {
    this.#pages = pages;
    this.#limit = limit;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<readonly Item[]> {
    let left = this.#limit;
    for await (const page of this.#pages) {
      yield page.slice(0, left);
      left -= page.length;
      if (left < 0) {
        this.hasMore = true;
        return;
      }
    }
  }

  async toArray(): Promise<Item[]> {
    const items: Item[] = [];
    for await (const page of this) {
      items.push(...page);
    }
    return items;
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
