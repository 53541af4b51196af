import { type CommandUnknownOpts, Option } from '@commander-js/extra-typings';
import { count } from '../input/option-values.js';
import { pageSizeFor, printList } from '../output/print-list.js';
import type { Session } from '../session.js';
import { ledgerTable } from './ledger-table.js';

const EXAMPLES = `
Examples:
  $ catalog stock ledger $ID
  $ catalog stock ledger $ID --all --json | jq -r '[.at, .delta] | @tsv'`;

const DEFAULT_LIMIT = 20;

/** Adds the command `ledger`. */
export function addLedgerCommand(stock: CommandUnknownOpts, open: () => Session): void {
  stock
    .command('ledger')
    .description('List the changes of a product’s stock, the newest first')
    .argument('<id>', 'id of the product')
    .option(
      '--limit <count>',
      `maximum number of changes (default: ${DEFAULT_LIMIT})`,
      count('Limit'),
    )
    .addOption(new Option('--all', 'list all changes').conflicts('limit'))
    .addHelpText('after', EXAMPLES)
    .action(async (id, { all, limit: given = DEFAULT_LIMIT }) => {
      const session = open();
      const { client, signal } = session;
      const limit = all ? Infinity : given;
      const ledger = client.stock.ledger(id, { pageSize: pageSizeFor(limit), signal });
      await printList(session, ledger, { limit, table: ledgerTable });
    });
}
