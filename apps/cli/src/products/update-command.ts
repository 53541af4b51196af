import { type CommandUnknownOpts, Option } from '@commander-js/extra-typings';
import { UsageError } from '../errors.js';
import { quotedEntityTag } from '../input/entity-tag.js';
import { decimal, idempotencyKey, KEY_HELP, text } from '../input/option-values.js';
import { writeWithKey } from '../requests/unconfirmed-write.js';
import type { OpenSession } from '../session.js';
import { printProduct } from './print-product.js';
import { type BodyOptions, productBody } from './product-body.js';

const EXAMPLES = `
Examples:
  $ catalog products update $ID --price 24.99 --stock 85
  $ catalog products update $ID --file changes.json
  $ catalog products update $ID --stock 84 --if-match $ETAG`;

/** Adds the command `update`. */
export function addUpdateCommand(products: CommandUnknownOpts, open: OpenSession): void {
  products
    .command('update')
    .description('Update a product and show the result')
    .argument('<id>', 'id of the product')
    .option('--name <text>', 'new name', text('Name'))
    .option('--description <text>', 'new description', text('Description'))
    .option('--price <number>', 'new price', decimal('Price'))
    .option('--stock <number>', 'new quantity in stock', decimal('Stock'))
    .addOption(
      new Option(
        '--file <path>',
        'read the changes as JSON from a file, or from standard input (-)',
      ).conflicts(['name', 'description', 'price', 'stock']),
    )
    .option('--if-match <etag>', 'only if the product still has this entity tag', quotedEntityTag)
    .option('--idempotency-key <key>', KEY_HELP, idempotencyKey)
    .addHelpText('after', EXAMPLES)
    .action(async (id, { ifMatch, idempotencyKey: givenKey, ...options }) => {
      requireChange(options);
      const session = await open();
      const { client, signal } = session;
      const changes = await productBody(options, session);
      const call = { signal, ...(ifMatch !== undefined && { ifMatch }) };
      const product = await writeWithKey(givenKey, (idempotencyKey) =>
        client.products.update(id, changes, { ...call, idempotencyKey }),
      );
      await printProduct(session, product);
    });
}

function requireChange(options: BodyOptions): void {
  if (Object.values(options).every((value) => value === undefined)) {
    throw new UsageError(
      'An update needs at least one change: add an option such as --price, or --file',
    );
  }
}
