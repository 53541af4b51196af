import { type CommandUnknownOpts, Option } from '@commander-js/extra-typings';
import type { CreateProduct } from '@product-api/client';
import { UsageError } from '../errors.js';
import { decimal, idempotencyKey, KEY_HELP, text } from '../input/option-values.js';
import { writeWithKey } from '../requests/unconfirmed-write.js';
import type { OpenSession } from '../session.js';
import { printProduct } from './print-product.js';
import { type BodyOptions, productBody } from './product-body.js';

const EXAMPLES = `
Examples:
  $ catalog products create --name 'Wireless Mouse' --price 29.99 --stock 100
  $ catalog products create --file mouse.json
  $ echo '{"name":"Mouse","description":"","price":9.5,"stock_quantity":3}' |
      catalog products create --file - --json | jq -r .id`;

/** Adds the command `create`. */
export function addCreateCommand(products: CommandUnknownOpts, open: OpenSession): void {
  products
    .command('create')
    .description('Create a product and show it')
    .option('--name <text>', 'name of the product', text('Name'))
    .option(
      '--description <text>',
      'description of the product (default: empty)',
      text('Description'),
    )
    .option('--price <number>', 'price of the product', decimal('Price'))
    .option('--stock <number>', 'quantity in stock', decimal('Stock'))
    .addOption(
      new Option(
        '--file <path>',
        'read the product as JSON from a file, or from standard input (-)',
      ).conflicts(['name', 'description', 'price', 'stock']),
    )
    .option('--idempotency-key <key>', KEY_HELP, idempotencyKey)
    .addHelpText('after', EXAMPLES)
    .action(async ({ idempotencyKey: givenKey, ...options }) => {
      requireFields(options);
      const session = await open();
      const { client, signal } = session;
      // The file may lack fields: then the service's error response names them.
      const body = (await productBody({ description: '', ...options }, session)) as CreateProduct;
      const product = await writeWithKey(givenKey, (idempotencyKey) =>
        client.products.create(body, { signal, idempotencyKey }),
      );
      await printProduct(session, product);
    });
}

function requireFields({ file, name, price, stock }: BodyOptions): void {
  if (file !== undefined) {
    return;
  }
  const fields = { '--name': name, '--price': price, '--stock': stock };
  const missing = Object.entries(fields).filter(([, value]) => value === undefined);
  if (missing.length === 0) {
    return;
  }
  throw new UsageError(
    `A product needs ${missing.map(([option]) => option).join(', ')}, or --file`,
  );
}
