import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { UsageError } from '../errors.js';
import { quotedEntityTag } from '../input/entity-tag.js';
import { idempotencyKey, KEY_HELP } from '../input/option-values.js';
import { write } from '../output/write.js';
import { writeWithKey } from '../requests/unconfirmed-write.js';
import type { OpenSession } from '../session.js';
import { deleteSeveral } from './delete-several.js';
import { printUndo } from './print-undo.js';
import { readIds } from './read-ids.js';

const EXAMPLES = `
Examples:
  $ catalog products delete $ID
  $ catalog products delete $ID --if-match $ETAG
  $ catalog products delete $ID $OTHER_ID
  $ catalog products list --out-of-stock --all --json | jq -r .id |
      catalog products delete - --yes`;

/** Adds the command `delete`. */
export function addDeleteCommand(products: CommandUnknownOpts, open: OpenSession): void {
  products
    .command('delete')
    .description('Delete products, and print their ids unless --output is for programs')
    .argument('<ids...>', 'ids of the products, or - to read them from standard input')
    .option('--yes', 'delete several products without a question')
    .option('--if-match <etag>', 'only if the product still has this entity tag', quotedEntityTag)
    .option('--idempotency-key <key>', KEY_HELP, idempotencyKey)
    .addHelpText('after', EXAMPLES)
    .action(async (given, { yes = false, ifMatch, idempotencyKey: givenKey }) => {
      const session = await open();
      const { client, signal, format, stdout } = session;
      const [id = '', ...others] = new Set(await readIds(given, session));
      if (others.length === 0) {
        const call = { signal, ...(ifMatch !== undefined && { ifMatch }) };
        await writeWithKey(givenKey, (idempotencyKey) =>
          client.products.delete(id, { ...call, idempotencyKey }),
        );
        if (format === 'table') {
          await write(stdout, `Deleted ${id}\n`);
          await printUndo(session, id);
        }
      } else if (ifMatch !== undefined || givenKey !== undefined) {
        throw new UsageError('--if-match and --idempotency-key are for one product; give one id');
      } else {
        await deleteSeveral(session, [id, ...others], yes);
      }
    });
}
