import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { columnsOption } from '../output/columns-option.js';
import { allOption, DEFAULT_LIMIT, limitOption } from '../output/page-options.js';
import { itemsOf, pageSizeFor, printList } from '../output/print-list.js';
import type { OpenSession } from '../session.js';
import { historyColumns } from './history-columns.js';

const EXAMPLES = `
Examples:
  $ catalog products history $ID
  $ catalog products history $ID --all --output csv > history.csv
  $ catalog products history $ID --json | jq -c 'select(.previous.price)'

BEFORE has the values that the change replaced. To go back to them, restore the version before it.`;

/** Adds the command `history`. */
export function addHistoryCommand(products: CommandUnknownOpts, open: OpenSession): void {
  products
    .command('history')
    .description('List the changes of a product, the newest first, also of a deleted one')
    .argument('<id>', 'id of the product')
    .addOption(limitOption('changes'))
    .addOption(allOption('changes'))
    .addOption(columnsOption(historyColumns))
    .addHelpText('after', EXAMPLES)
    .action(async (id, { all, limit: given = DEFAULT_LIMIT, columns: chosen }) => {
      const session = await open();
      const { client, signal } = session;
      const limit = all ? Infinity : given;
      const history = client.products.history(id, { pageSize: pageSizeFor(limit), signal });
      await printList(session, itemsOf(history.pages()), {
        columns: historyColumns,
        chosen,
        limit,
      });
    });
}
