import { type CommandUnknownOpts, Option } from '@commander-js/extra-typings';
import { quotedEntityTag } from '../entity-tag.js';
import { UsageError } from '../errors.js';
import { decimal } from '../number-options.js';
import type { Session } from '../session.js';
import { printProduct } from './print-product.js';
import { type BodyOptions, productBody } from './product-body.js';

const EXAMPLES = `
Examples:
  $ catalog products update 3f2b8c1e-7d54-4f0a-9b6e-1c2d3e4f5a6b --price 24.99 --stock 85
  $ catalog products update 3f2b8c1e-7d54-4f0a-9b6e-1c2d3e4f5a6b --file changes.json
  $ catalog products update 3f2b8c1e-7d54-4f0a-9b6e-1c2d3e4f5a6b --stock 84 --if-match 5d41402abc4b2a76`;

/** Adds the command `update`. */
export function addUpdateCommand(products: CommandUnknownOpts, open: () => Session): void {
  products
    .command('update')
    .description('Update a product and show the result')
    .argument('<id>', 'id of the product')
    .option('--name <text>', 'new name')
    .option('--description <text>', 'new description')
    .option('--price <number>', 'new price', decimal('Price'))
    .option('--stock <number>', 'new quantity in stock', decimal('Stock'))
    .addOption(
      new Option(
        '--file <path>',
        'read the changes as JSON from a file, or from standard input (-)',
      ).conflicts(['name', 'description', 'price', 'stock']),
    )
    .option('--if-match <etag>', 'only if the product still has this entity tag', quotedEntityTag)
    .addHelpText('after', EXAMPLES)
    .action(async (id, { ifMatch, ...options }) => {
      requireChange(options);
      const session = open();
      const { client, signal } = session;
      const changes = await productBody(options, session);
      const call = { signal, ...(ifMatch !== undefined && { ifMatch }) };
      await printProduct(session, await client.products.update(id, changes, call));
    });
}

function requireChange(options: BodyOptions): void {
  if (Object.values(options).every((value) => value === undefined)) {
    throw new UsageError(
      'An update needs at least one change: add an option such as --price, or --file',
    );
  }
}
