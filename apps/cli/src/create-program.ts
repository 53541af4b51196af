import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { addChangesCommands } from './changes/changes-commands.js';
import type { CliContext } from './cli-context.js';
import { addCompletionCommands } from './completion/completion-commands.js';
import { exitCodes } from './exit-codes.js';
import { createRootCommand } from './global-options.js';
import { addKeysCommands } from './keys/keys-commands.js';
import { addLoginCommand } from './login/login-command.js';
import { addLogoutCommand } from './login/logout-command.js';
import { addProfilesCommands } from './login/profiles-commands.js';
import { addWhoamiCommand } from './login/whoami-command.js';
import { hideSecrets } from './output/hide-secrets.js';
import { plainUsageError } from './plain-usage-error.js';
import { addCreateCommand } from './products/create-command.js';
import { addDeleteCommand } from './products/delete-command.js';
import { addExportCommand } from './products/export-command.js';
import { addGetCommand } from './products/get-command.js';
import { addHistoryCommand } from './products/history-command.js';
import { addImportCommand } from './products/import-command.js';
import { addListCommand } from './products/list-command.js';
import { addRestoreCommand } from './products/restore-command.js';
import { addUpdateCommand } from './products/update-command.js';
import { openSession } from './session.js';
import { noProfiles } from './settings/profiles.js';
import { readProfiles } from './settings/profiles-file.js';
import { addAdjustCommand } from './stock/adjust-command.js';
import { addLedgerCommand } from './stock/ledger-command.js';

const EXAMPLES = `
Examples:
  $ catalog products list --in-stock --sort -price
  $ catalog products get $ID --json
  $ catalog products create --name 'Wireless Mouse' --price 29.99 --stock 100
  $ catalog products list --all --output csv > products.csv
  $ catalog login --base-url https://catalog.example.com`;

const STOCK_EXAMPLES = `
Examples:
  $ catalog stock adjust $ID -2 --reason sale --reference order-17
  $ catalog stock ledger $ID`;

/**
 * Creates the `catalog` command. It never ends the process: parsing throws a `CommanderError`
 * instead, and rethrows the errors of commands.
 */
export function createProgram(context: CliContext): CommandUnknownOpts {
  const program = createRootCommand()
    .description(
      'Manage the products, the stock and the API keys of a catalog, and follow its changes',
    )
    .version(context.version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.stdout.write(text),
      writeErr: (text) => context.stderr.write(text),
      outputError: (text, write) => write(hideSecrets(plainUsageError(text))),
      getOutHelpWidth: () => context.stdout.columns ?? 80,
      getErrHelpWidth: () => context.stderr.columns ?? 80,
    })
    .configureHelp({ showGlobalOptions: true, minWidthToWrap: 20 })
    .addHelpText('after', EXAMPLES)
    .addHelpText('afterAll', exitCodesText());

  const readOptions = () => program.opts();
  const open = () => openSession(context, readOptions());
  const products = program
    .command('products')
    .description('Create, read, update, delete, restore, list, export and import products')
    .addHelpText('after', EXAMPLES);
  addGetCommand(products, open);
  addCreateCommand(products, open);
  addUpdateCommand(products, open);
  addDeleteCommand(products, open);
  addListCommand(products, open);
  addHistoryCommand(products, open);
  addRestoreCommand(products, open);
  addExportCommand(products, open);
  addImportCommand(products, open);
  const stock = program
    .command('stock')
    .description('Adjust the stock of products, and list its changes')
    .addHelpText('after', STOCK_EXAMPLES);
  addAdjustCommand(stock, open);
  addLedgerCommand(stock, open);
  addChangesCommands(program, open);
  addLoginCommand(program, context, readOptions);
  addLogoutCommand(program, context, readOptions);
  addProfilesCommands(program, context, readOptions);
  addWhoamiCommand(program, open);
  addKeysCommands(program, open);
  addCompletionCommands(program, context, async () => {
    // A file of profiles that cannot be read must not end the completion of everything else.
    const profiles = await readProfiles(context.config.profilesFile).catch(() => noProfiles);
    return { profile: [...profiles.byName.keys()] };
  });
  return program;
}

function exitCodesText(): string {
  const rows = Object.values(exitCodes).map(
    ({ code, meaning }) => `  ${String(code).padEnd(4)} ${meaning}`,
  );
  return ['', 'Exit codes:', ...rows].join('\n');
}
