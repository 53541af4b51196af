// Keeps a copy of all products in a file in step with the service, until Ctrl-C:
//   node examples/follow-changes.mjs copy.json
// It can be ended at any time: the next start goes on where this one was.
import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { createClient } from '@product-api/client';

/** @typedef {import('@product-api/client').Product} Product */

const [file] = process.argv.slice(2);
if (file === undefined) {
  console.error('Name a file: node examples/follow-changes.mjs copy.json');
  process.exit(2);
}

const { changes } = createClient({
  baseUrl: process.env.CATALOG_URL ?? 'http://localhost:8080',
  apiKey: process.env.CATALOG_API_KEY, // its scopes: changes:read and products:read
});

const stop = new AbortController();
process.once('SIGINT', () => stop.abort());
process.once('SIGTERM', () => stop.abort());

const kept = await readCopy(file);
/** @type {Map<string, Product>} */
const products = new Map(kept?.products.map((product) => [product.id, product]));

try {
  await changes.sync({
    signal: stop.signal,
    onFailure: ({ error, delayMs }) =>
      console.warn(`${error.name}: again in ${Math.round(delayMs)} ms`),
    store: {
      load: () => kept?.cursor,
      // The products and their cursor are one file, so that they always belong together. A copy in
      // a database would write both in one transaction; one elsewhere writes the products first.
      async save(cursor) {
        await writeFile(
          `${file}.new`,
          JSON.stringify({ cursor, products: [...products.values()] }),
        );
        await rename(`${file}.new`, file);
        console.log(products.size, 'products at', cursor);
      },
    },
    handler: {
      async replaceAll(all) {
        products.clear();
        for await (const product of all) {
          products.set(product.id, product);
        }
      },
      put(product) {
        products.set(product.id, product);
      },
      remove(id) {
        products.delete(id);
      },
    },
  });
} catch (error) {
  if (!stop.signal.aborted) {
    throw error;
  }
}

/**
 * Reads the copy of an earlier start; undefined if there is none.
 *
 * @param {string} path
 * @returns {Promise<{ cursor: string, products: Product[] } | undefined>}
 */
async function readCopy(path) {
  return existsSync(path) ? JSON.parse(await readFile(path, 'utf8')) : undefined;
}
