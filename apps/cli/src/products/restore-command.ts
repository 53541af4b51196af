import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { quotedEntityTag } from '../input/entity-tag.js';
import { count, idempotencyKey, KEY_HELP } from '../input/option-values.js';
import { writeWithKey } from '../requests/unconfirmed-write.js';
import type { OpenSession } from '../session.js';
import { printProduct } from './print-product.js';

const EXAMPLES = `
Examples:
  $ catalog products restore $ID                               # brings a deleted product back
  $ catalog products restore $ID --to-version 3 --keep-stock   # as it was then, with the stock of now

catalog products history $ID lists the versions. A restored product gets a new version.`;

/** Adds the command `restore`. */
export function addRestoreCommand(products: CommandUnknownOpts, open: OpenSession): void {
  products
    .command('restore')
    .description('Bring a deleted product back, or give a product the values of an earlier version')
    .argument('<id>', 'id of the product')
    .option(
      '--to-version <number>',
      'the version (default: the last one before the deletion)',
      count('Version'),
    )
    .option('--keep-stock', 'keep the quantity in stock of a product that exists')
    .option('--if-match <etag>', 'only if the product still has this entity tag', quotedEntityTag)
    .option('--idempotency-key <key>', KEY_HELP, idempotencyKey)
    .addHelpText('after', EXAMPLES)
    .action(async (id, { toVersion: version, keepStock, ifMatch, idempotencyKey: givenKey }) => {
      const session = await open();
      const { client, signal } = session;
      const call = { signal, version, keepStock, ...(ifMatch !== undefined && { ifMatch }) };
      const product = await writeWithKey(givenKey, (idempotencyKey) =>
        client.products.restore(id, { ...call, idempotencyKey }),
      );
      await printProduct(session, product);
    });
}
