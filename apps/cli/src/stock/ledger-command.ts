import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { columnsOption } from '../output/columns-option.js';
import { allOption, DEFAULT_LIMIT, limitOption } from '../output/page-options.js';
import { itemsOf, pageSizeFor, printList } from '../output/print-list.js';
import type { OpenSession } from '../session.js';
import { ledgerColumns } from './ledger-columns.js';

const EXAMPLES = `
Examples:
  $ catalog stock ledger $ID
  $ catalog stock ledger $ID --all --output csv > ledger.csv
  $ catalog stock ledger $ID --all --json | jq -r '[.at, .delta] | @tsv'`;

/** Adds the command `ledger`. */
export function addLedgerCommand(stock: CommandUnknownOpts, open: OpenSession): void {
  stock
    .command('ledger')
    .description('List the changes of a product’s stock, the newest first')
    .argument('<id>', 'id of the product')
    .addOption(limitOption('changes'))
    .addOption(allOption('changes'))
    .addOption(columnsOption(ledgerColumns))
    .addHelpText('after', EXAMPLES)
    .action(async (id, { all, limit: given = DEFAULT_LIMIT, columns: chosen }) => {
      const session = await open();
      const { client, signal } = session;
      const limit = all ? Infinity : given;
      const ledger = client.stock.ledger(id, { pageSize: pageSizeFor(limit), signal });
      await printList(session, itemsOf(ledger.pages()), {
        columns: ledgerColumns,
        chosen,
        limit,
      });
    });
}
