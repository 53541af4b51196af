import { MAX_BATCH_SIZE, type Product } from '@product-api/client';
import { MissingProductsError } from '../errors.js';
import { WIDTH_WITHOUT_TERMINAL } from '../output/print-list.js';
import { write } from '../output/write.js';
import type { Session } from '../session.js';
import { productTable } from './product-table.js';

/**
 * Prints products in the order of their ids: JSON lines as they arrive, a table when all products
 * are there.
 *
 * @throws {MissingProductsError} when there are ids of no product; the others are printed before
 */
export async function printBatch(session: Session, ids: readonly string[]): Promise<void> {
  const { client, signal, format, stdout } = session;
  const different = [...new Set(ids)];
  const rows: Product[] = [];
  const missing: string[] = [];
  for (let start = 0; start < different.length; start += MAX_BATCH_SIZE) {
    const batch = different.slice(start, start + MAX_BATCH_SIZE);
    const products = await client.products.getMany(batch, { signal });
    missing.push(...batch.filter((id) => !products.has(id)));
    if (format === 'json') {
      const lines = Array.from(products.values(), (product) => `${JSON.stringify(product)}\n`);
      await write(stdout, lines.join(''));
    } else {
      rows.push(...products.values());
    }
  }
  if (rows.length > 0) {
    await write(stdout, productTable(rows, stdout.columns ?? WIDTH_WITHOUT_TERMINAL));
  }
  if (missing.length > 0) {
    throw new MissingProductsError(missing);
  }
}
