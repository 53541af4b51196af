import { Command, type CommandUnknownOpts, Option } from '@commander-js/extra-typings';
import type { CliContext } from './cli-context.js';
import { addCompletionCommands } from './completion/completion-commands.js';
import { exitCodes } from './exit-codes.js';
import { seconds } from './input/option-values.js';
import { outputOption } from './output/format.js';
import { hidePasswords } from './output/hide-passwords.js';
import { plainUsageError } from './plain-usage-error.js';
import { addCreateCommand } from './products/create-command.js';
import { addDeleteCommand } from './products/delete-command.js';
import { addGetCommand } from './products/get-command.js';
import { addListCommand } from './products/list-command.js';
import { addUpdateCommand } from './products/update-command.js';
import { openSession } from './session.js';
import { type Header, parseHeader } from './settings/headers.js';
import { addAdjustCommand } from './stock/adjust-command.js';
import { addLedgerCommand } from './stock/ledger-command.js';

const EXAMPLES = `
Examples:
  $ catalog products list --in-stock --sort -price
  $ catalog products get $ID --json
  $ catalog products create --name 'Wireless Mouse' --price 29.99 --stock 100
  $ CATALOG_URL=https://catalog.example.com catalog products list --all`;

const STOCK_EXAMPLES = `
Examples:
  $ catalog stock adjust $ID -2 --reason sale --reference order-17
  $ catalog stock ledger $ID`;

/**
 * Creates the `catalog` command. It never ends the process: parsing throws a `CommanderError`
 * instead, and rethrows the errors of commands.
 */
export function createProgram(context: CliContext): CommandUnknownOpts {
  const program = new Command('catalog')
    .description('Manage the products of the catalog')
    .version(context.version)
    .addOption(
      new Option('--base-url <url>', 'base URL of the service')
        // The help does not show the URL itself, which may contain a password.
        .default(context.config.baseUrl, 'CATALOG_URL, or http://localhost:8080'),
    )
    .option(
      '--header <header>',
      "header of every request, such as 'Authorization: Bearer abc'; repeatable (env: CATALOG_HEADERS)",
      (text, headers: readonly Header[] | undefined) => [...(headers ?? []), parseHeader(text)],
    )
    .option('--timeout <seconds>', 'timeout of each request', seconds('Timeout'), 10)
    .addOption(outputOption())
    .option('--json', 'the short form of --output json')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.stdout.write(text),
      writeErr: (text) => context.stderr.write(text),
      outputError: (text, write) => write(hidePasswords(plainUsageError(text))),
      getOutHelpWidth: () => context.stdout.columns ?? 80,
      getErrHelpWidth: () => context.stderr.columns ?? 80,
    })
    .configureHelp({ showGlobalOptions: true, minWidthToWrap: 20 })
    .addHelpText('after', EXAMPLES)
    .addHelpText('afterAll', exitCodesText());

  const open = () => openSession(context, program.opts());
  const products = program
    .command('products')
    .description('Create, read, update, delete and list products')
    .addHelpText('after', EXAMPLES);
  addGetCommand(products, open);
  addCreateCommand(products, open);
  addUpdateCommand(products, open);
  addDeleteCommand(products, open);
  addListCommand(products, open);
  const stock = program
    .command('stock')
    .description('Adjust the stock of products, and list its changes')
    .addHelpText('after', STOCK_EXAMPLES);
  addAdjustCommand(stock, open);
  addLedgerCommand(stock, open);
  addCompletionCommands(program, context, async () => ({}));
  return program;
}

function exitCodesText(): string {
  const rows = Object.values(exitCodes).map(
    ({ code, meaning }) => `  ${String(code).padEnd(4)} ${meaning}`,
  );
  return ['', 'Exit codes:', ...rows].join('\n');
}
