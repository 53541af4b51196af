import { type CommandUnknownOpts, Option } from '@commander-js/extra-typings';
import { quotedEntityTag } from '../entity-tag.js';
import { parseDecimal } from '../number-options.js';
import type { Session } from '../session.js';
import { UsageError } from '../usage-error.js';
import { printProduct } from './print-product.js';
import { type BodyOptions, productBody } from './product-body.js';

const examples = `
Examples:
  $ catalog products update 3f2b8c1e-7d54-4f0a-9b6e-1c2d3e4f5a6b --price 24.99 --stock 85
  $ catalog products update 3f2b8c1e-7d54-4f0a-9b6e-1c2d3e4f5a6b --file changes.json
  $ catalog products update 3f2b8c1e-7d54-4f0a-9b6e-1c2d3e4f5a6b --stock 84 --if-match 5d41402abc4b2a76`;

/** Adds `update`. */
export function addUpdateCommand(products: CommandUnknownOpts, open: () => Session): void {
  products
    .command('update')
    .description('Change a product and show it as it is then')
    .argument('<id>', 'the product’s id')
    .option('--name <text>', 'its new name')
    .option('--description <text>', 'its new description')
    .option('--price <number>', 'its new price', parseDecimal)
    .option('--stock <number>', 'how many are in stock now', parseDecimal)
    .addOption(
      new Option(
        '--file <path>',
        'read the changes as JSON from a file, or from standard input: -',
      ).conflicts(['name', 'description', 'price', 'stock']),
    )
    .option('--if-match <etag>', 'only if the product still has this entity tag', quotedEntityTag)
    .addHelpText('after', examples)
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
    throw new UsageError('Nothing to change: give an option such as --price, or --file');
  }
}
