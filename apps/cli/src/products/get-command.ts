import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { UsageError } from '../errors.js';
import { columnsOption } from '../output/columns-option.js';
import { write } from '../output/write.js';
import type { OpenSession, Session } from '../session.js';
import { printBatch } from './print-batch.js';
import { printProduct } from './print-product.js';
import { productColumns } from './product-columns.js';
import { productDetails } from './product-details.js';
import { readIds } from './read-ids.js';

const EXAMPLES = `
Examples:
  $ catalog products get $ID
  $ catalog products get $ID --json | jq .price
  $ catalog products get $ID --etag --json | jq -r .etag
  $ catalog products get $ID $OTHER_ID --columns name,price
  $ catalog products list --all --json | jq -r .id | catalog products get -`;

/** Adds the command `get`. */
export function addGetCommand(products: CommandUnknownOpts, open: OpenSession): void {
  products
    .command('get')
    .description('Show a product, or list several')
    .argument('<ids...>', 'ids of the products, or - to read them from standard input')
    .option('--etag', 'also show its entity tag; with --json: {"product", "etag", "cache"}')
    .addOption(columnsOption(productColumns).conflicts('etag'))
    .addHelpText('after', EXAMPLES)
    .action(async (ids, { etag, columns }) => {
      const session = await open();
      const [id = '', ...others] = ids;
      const isOne = id !== '-' && others.length === 0;
      if (etag && !isOne) {
        throw new UsageError('--etag shows the tag of one product; give exactly one id');
      }
      if (etag) {
        await printWithEtag(session, id);
      } else if (isOne && columns === undefined) {
        const { client, signal } = session;
        await printProduct(session, await client.products.get(id, { signal }));
      } else {
        await printBatch(session, await readIds(ids, session), columns);
      }
    });
}

async function printWithEtag({ client, signal, format, stdout }: Session, id: string) {
  if (format === 'csv') {
    throw new UsageError('--etag cannot be printed as CSV; use --json');
  }
  const read = await client.products.withEtag.get(id, { signal });
  const text = format === 'json' ? JSON.stringify(read) : productDetails(read.product, read);
  await write(stdout, `${text}\n`);
}
