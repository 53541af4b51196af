import { type CommandUnknownOpts, Option } from '@commander-js/extra-typings';
import { type Scope, scopes } from '@product-api/client';
import { oneOf, text } from '../input/option-values.js';
import { durationSeconds, expiry } from '../input/times.js';
import { columnsOption } from '../output/columns-option.js';
import { printList } from '../output/print-list.js';
import { write } from '../output/write.js';
import type { OpenSession } from '../session.js';
import { keyColumns } from './key-columns.js';
import { makeAndPrintKey } from './make-and-print-key.js';

const EXAMPLES = `
Examples:
  $ catalog keys create checkout --scope products:read --scope stock:write --expires 90d
  $ catalog keys create backup --scope products:read | vault kv put secret/backup key=-
  $ catalog keys list
  $ catalog keys rotate $KEY_ID --overlap 1h | vault kv put secret/checkout key=-
  $ catalog keys revoke $KEY_ID`;

/** Adds the commands of `keys`. */
export function addKeysCommands(program: CommandUnknownOpts, open: OpenSession): void {
  const keys = program
    .command('keys')
    .description('Create, list, replace and revoke API keys')
    .addHelpText('after', EXAMPLES);
  addCreateCommand(keys, open);
  addListCommand(keys, open);
  addRevokeCommand(keys, open);
  addRotateCommand(keys, open);
}

function addCreateCommand(keys: CommandUnknownOpts, open: OpenSession): void {
  const parseScope = oneOf('Scope', scopes);
  keys
    .command('create')
    .description('Create a key, and print its secret once')
    .argument('<name>', 'who or what uses the key', text('Name'))
    .addOption(
      new Option('--scope <scope>', 'what the key allows; repeatable')
        .choices(scopes)
        .argParser((word, others: readonly Scope[] | undefined) => [
          ...(others ?? []),
          parseScope(word),
        ])
        .makeOptionMandatory(),
    )
    .option('--expires <when>', 'such as 90d, 12h, or 2027-01-31 (default: never)', expiry)
    .addHelpText('after', EXAMPLES)
    .action(async (name, { scope, expires }) => {
      const session = await open();
      const { client, signal } = session;
      const key = { name, scopes: [...(scope ?? [])], expires_at: expires };
      await makeAndPrintKey(session, () => client.apiKeys.create(key, { signal }));
    });
}

function addListCommand(keys: CommandUnknownOpts, open: OpenSession): void {
  keys
    .command('list')
    .description('List all keys without their secrets, the newest first')
    .addOption(columnsOption(keyColumns))
    .action(async ({ columns: chosen }) => {
      const session = await open();
      const list = await session.client.apiKeys.list({ signal: session.signal });
      await printList(session, [list], { columns: keyColumns, chosen });
    });
}

function addRevokeCommand(keys: CommandUnknownOpts, open: OpenSession): void {
  keys
    .command('revoke')
    .description('Revoke a key: it is refused from now on')
    .argument('<id>', 'id of the key')
    .action(async (id) => {
      const { client, signal, format, stdout } = await open();
      await client.apiKeys.revoke(id, { signal });
      if (format === 'table') {
        await write(stdout, `Revoked ${id}\n`);
      }
    });
}

function addRotateCommand(keys: CommandUnknownOpts, open: OpenSession): void {
  keys
    .command('rotate')
    .description('Replace a key by a new one with the same scopes, and print its secret once')
    .argument('<id>', 'id of the key')
    .option(
      '--overlap <time>',
      'how long the old key stays valid, such as 1h (default: it is revoked)',
      durationSeconds('Overlap'),
    )
    .addHelpText('after', EXAMPLES)
    .action(async (id, { overlap }) => {
      const session = await open();
      const { client, signal } = session;
      const how = overlap === undefined ? {} : { overlap_seconds: overlap };
      await makeAndPrintKey(session, () => client.apiKeys.rotate(id, how, { signal }));
    });
}
