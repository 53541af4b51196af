import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import type { Session } from '../session.js';
import { write } from '../write.js';
import { printProduct } from './print-product.js';
import { productDetails } from './product-details.js';

const EXAMPLES = `
Examples:
  $ catalog products get $ID
  $ catalog products get $ID --json | jq .price
  $ catalog products get $ID --etag --json | jq -r .etag`;

/** Adds the command `get`. */
export function addGetCommand(products: CommandUnknownOpts, open: () => Session): void {
  products
    .command('get')
    .description('Show a product')
    .argument('<id>', 'id of the product')
    .option('--etag', 'also show its entity tag; with --json: {"product", "etag", "cache"}')
    .addHelpText('after', EXAMPLES)
    .action(async (id, { etag }) => {
      const session = open();
      const { client, signal } = session;
      if (etag) {
        await printWithEtag(session, id);
      } else {
        await printProduct(session, await client.products.get(id, { signal }));
      }
    });
}

async function printWithEtag({ client, signal, format, stdout }: Session, id: string) {
  const read = await client.products.withEtag.get(id, { signal });
  const text = format === 'json' ? JSON.stringify(read) : productDetails(read.product, read);
  await write(stdout, `${text}\n`);
}
