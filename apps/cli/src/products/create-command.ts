import { type CommandUnknownOpts, Option } from '@commander-js/extra-typings';
import type { CreateProduct } from '@product-api/client';
import { parseDecimal } from '../number-options.js';
import type { Session } from '../session.js';
import { UsageError } from '../usage-error.js';
import { printProduct } from './print-product.js';
import { type BodyOptions, productBody } from './product-body.js';

const examples = `
Examples:
  $ catalog products create --name 'Wireless Mouse' --price 29.99 --stock 100
  $ catalog products create --file mouse.json
  $ echo '{"name":"Mouse","description":"","price":9.5,"stock_quantity":3}' |
      catalog products create --file - --json | jq -r .id`;

/** Adds `create`. */
export function addCreateCommand(products: CommandUnknownOpts, open: () => Session): void {
  products
    .command('create')
    .description('Create a product and show it')
    .option('--name <text>', 'its name')
    .option('--description <text>', 'its description (default: none)')
    .option('--price <number>', 'its price', parseDecimal)
    .option('--stock <number>', 'how many are in stock', parseDecimal)
    .addOption(
      new Option(
        '--file <path>',
        'read it as JSON from a file, or from standard input: -',
      ).conflicts(['name', 'description', 'price', 'stock']),
    )
    .addHelpText('after', examples)
    .action(async (options) => {
      requireMembers(options);
      const session = open();
      const { client, signal } = session;
      // Members that a file lacks are faults that the service's answer names.
      const body = (await productBody({ description: '', ...options }, session)) as CreateProduct;
      await printProduct(session, await client.products.create(body, { signal }));
    });
}

function requireMembers({ file, name, price, stock }: BodyOptions): void {
  if (file !== undefined) {
    return;
  }
  const members = { '--name': name, '--price': price, '--stock': stock };
  const missing = Object.entries(members).filter(([, value]) => value === undefined);
  if (missing.length === 0) {
    return;
  }
  throw new UsageError(
    `A product needs ${missing.map(([option]) => option).join(', ')}, or --file`,
  );
}
