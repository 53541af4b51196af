import { type CommandUnknownOpts, Option } from '@commander-js/extra-typings';
import type { StockLine } from '@product-api/client';
import { UsageError } from '../errors.js';
import { idempotencyKey, integer, KEY_HELP, text } from '../input/option-values.js';
import { readJsonLines } from '../input/read-json.js';
import { printList } from '../output/print-list.js';
import { printProduct } from '../products/print-product.js';
import { productColumns } from '../products/product-columns.js';
import { writeWithKey } from '../requests/unconfirmed-write.js';
import type { OpenSession, Session } from '../session.js';

const EXAMPLES = `
Examples:
  $ catalog stock adjust $ID -2 --reason sale --reference order-17
  $ catalog stock adjust $ID +50 --expected 0 --reason delivery
  $ catalog stock adjust --file order-17.ndjson --reason sale

Each line of the file: {"product_id": "…", "delta": -2}; "expected" is optional.`;

/** Adds the command `adjust`. */
export function addAdjustCommand(stock: CommandUnknownOpts, open: OpenSession): void {
  stock
    .command('adjust')
    .description('Add pieces to the stock of a product or take them, and show the product')
    .argument('[id]', 'id of the product')
    .argument('[delta]', 'pieces to add or, if negative, to take', integer('Delta'))
    .addOption(
      new Option('--expected <quantity>', 'only if this is the quantity in stock').argParser(
        integer('Expected quantity'),
      ),
    )
    .option('--reason <text>', 'why the stock changes, for the ledger', text('Reason'))
    .option(
      '--reference <text>',
      'such as the number of an order, for the ledger',
      text('Reference'),
    )
    .addOption(
      new Option(
        '--file <path>',
        'adjust the products of the lines of a file (NDJSON), or of standard input (-): all or none',
      ).conflicts('expected'),
    )
    .option('--idempotency-key <key>', KEY_HELP, idempotencyKey)
    .addHelpText('after', EXAMPLES)
    .action(async (id, delta, { file, expected, idempotencyKey: givenKey, ...texts }) => {
      if (file !== undefined && id === undefined) {
        await adjustLines(await open(), file, { ...texts, givenKey });
      } else if (file === undefined && id !== undefined && delta !== undefined) {
        const session = await open();
        const { client, signal } = session;
        const adjustment = { delta, expected, ...texts };
        const product = await writeWithKey(givenKey, (idempotencyKey) =>
          client.products.adjustStock(id, adjustment, { signal, idempotencyKey }),
        );
        await printProduct(session, product);
      } else {
        throw new UsageError('An adjustment needs either an id and a delta, or --file');
      }
    });
}

interface LinesOptions {
  readonly reason?: string | undefined;
  readonly reference?: string | undefined;
  /** The idempotency key of the command line. */
  readonly givenKey: string | undefined;
}

async function adjustLines(
  session: Session,
  path: string,
  { givenKey, ...texts }: LinesOptions,
): Promise<void> {
  const { client, signal } = session;
  // The service validates the lines, and its error response names every invalid field.
  const lines = (await readJsonLines({ ...session, path })) as StockLine[];
  const products = await writeWithKey(givenKey, (idempotencyKey) =>
    client.stock.adjust(lines, { ...texts, signal, idempotencyKey }),
  );
  await printList(session, [products], { columns: productColumns, chosen: undefined });
}
