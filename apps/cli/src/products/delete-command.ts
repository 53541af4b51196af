import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { quotedEntityTag } from '../input/entity-tag.js';
import { idempotencyKey, KEY_HELP } from '../input/option-values.js';
import { write } from '../output/write.js';
import { writeWithKey } from '../requests/unconfirmed-write.js';
import type { Session } from '../session.js';

const EXAMPLES = `
Examples:
  $ catalog products delete $ID
  $ catalog products delete $ID --if-match $ETAG`;

/** Adds the command `delete`. */
export function addDeleteCommand(products: CommandUnknownOpts, open: () => Session): void {
  products
    .command('delete')
    .description('Delete a product; with --json, print nothing')
    .argument('<id>', 'id of the product')
    .option('--if-match <etag>', 'only if the product still has this entity tag', quotedEntityTag)
    .option('--idempotency-key <key>', KEY_HELP, idempotencyKey)
    .addHelpText('after', EXAMPLES)
    .action(async (id, { ifMatch, idempotencyKey: givenKey }) => {
      const { client, signal, format, stdout } = open();
      const call = { signal, ...(ifMatch !== undefined && { ifMatch }) };
      await writeWithKey(givenKey, (idempotencyKey) =>
        client.products.delete(id, { ...call, idempotencyKey }),
      );
      if (format === 'table') {
        await write(stdout, `Deleted ${id}\n`);
      }
    });
}
