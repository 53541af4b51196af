import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { UsageError } from '../errors.js';
import { write } from '../output/write.js';
import type { Session } from '../session.js';
import { printBatch } from './print-batch.js';
import { printProduct } from './print-product.js';
import { productDetails } from './product-details.js';
import { readIds } from './read-ids.js';

const EXAMPLES = `
Examples:
  $ catalog products get $ID
  $ catalog products get $ID --json | jq .price
  $ catalog products get $ID --etag --json | jq -r .etag
  $ catalog products get $ID $OTHER_ID
  $ catalog products list --all --json | jq -r .id | catalog products get -`;

/** Adds the command `get`. */
export function addGetCommand(products: CommandUnknownOpts, open: () => Session): void {
  products
    .command('get')
    .description('Show a product, or list several; with --json, one per line (NDJSON)')
    .argument('<ids...>', 'ids of the products, or - to read them from standard input')
    .option('--etag', 'also show its entity tag; with --json: {"product", "etag", "cache"}')
    .addHelpText('after', EXAMPLES)
    .action(async (ids, { etag }) => {
      const session = open();
      const [id = '', ...others] = ids;
      const isOne = id !== '-' && others.length === 0;
      if (etag && !isOne) {
        throw new UsageError('--etag shows the tag of one product; give exactly one id');
      }
      if (etag) {
        await printWithEtag(session, id);
      } else if (isOne) {
        const { client, signal } = session;
        await printProduct(session, await client.products.get(id, { signal }));
      } else {
        await printBatch(session, await readIds(ids, session));
      }
    });
}

async function printWithEtag({ client, signal, format, stdout }: Session, id: string) {
  const read = await client.products.withEtag.get(id, { signal });
  const text = format === 'json' ? JSON.stringify(read) : productDetails(read.product, read);
  await write(stdout, `${text}\n`);
}
