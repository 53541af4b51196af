import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { type Change, type ChangesQuery, MAX_PAGE_SIZE } from '@product-api/client';
import { columnsOption } from '../output/columns-option.js';
import { allOption, DEFAULT_LIMIT, limitOption } from '../output/page-options.js';
import { printList } from '../output/print-list.js';
import { write } from '../output/write.js';
import type { OpenSession, Session } from '../session.js';
import { changeColumns, columnsOf } from './change-columns.js';
import { changeOptions } from './change-options.js';
import { readCursor, writeCursor } from './cursor-file.js';

const EXAMPLES = `
Examples:
  $ catalog changes list --after $CURSOR
  $ catalog changes list --after $CURSOR --product $ID --all --json
  $ catalog changes list --all --json --cursor-file changes.cursor   # each time what is new

Without a cursor, the list is empty, and says where the changes are now.`;

/** Adds the command `list`. */
export function addListCommand(changes: CommandUnknownOpts, open: OpenSession): void {
  changes
    .command('list')
    .description('List changes up to now, the oldest first')
    .addOption(changeOptions.after())
    .addOption(changeOptions.cursorFile())
    .addOption(changeOptions.product())
    .addOption(changeOptions.kind())
    .addOption(changeOptions.withProducts())
    .addOption(limitOption('changes'))
    .addOption(allOption('changes'))
    .addOption(columnsOption(changeColumns))
    .addHelpText('after', EXAMPLES)
    .action(async ({ after, cursorFile, all, limit = DEFAULT_LIMIT, columns, ...filters }) => {
      const session = await open();
      const { product: product_id, kind, withProducts } = filters;
      const list = new ChangesUntilNow(session, {
        query: { product_id, kind, include: withProducts && 'product' },
        limit: all ? Infinity : limit,
        cursor: cursorFile === undefined ? after : await readCursor(cursorFile),
      });
      await printList(session, list, {
        columns: columnsOf(withProducts === true),
        chosen: columns,
      });
      if (cursorFile !== undefined && list.cursor !== undefined) {
        await writeCursor(cursorFile, list.cursor);
      } else {
        await write(session.stderr, `Go on: catalog changes list --after ${list.cursor}\n`);
      }
    });
}

interface ListInput {
  readonly query: ChangesQuery;
  readonly limit: number;
  readonly cursor: string | undefined;
}

/** The pages of changes behind a cursor, up to the end of the feed. */
class ChangesUntilNow implements AsyncIterable<readonly Change[]> {
  /** The place behind the changes that were read. */
  cursor: string | undefined;
  readonly #session: Session;
  readonly #input: ListInput;

  constructor(session: Session, input: ListInput) {
    this.cursor = input.cursor;
    this.#session = session;
    this.#input = input;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<readonly Change[]> {
    const { client, signal } = this.#session;
    let left = this.#input.limit;
    let isEnd = false;
    while (left > 0 && !isEnd) {
      const after = this.cursor;
      const limit = Math.min(left, MAX_PAGE_SIZE);
      const page = await client.changes.list({ ...this.#input.query, after, limit }, { signal });
      yield page.items;
      left -= page.items.length;
      this.cursor = page.next_cursor;
      isEnd = after === undefined || page.next_cursor === after;
    }
  }
}
