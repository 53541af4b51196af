import { MAX_BATCH_SIZE, type Product } from '@product-api/client';
import { MissingProductsError } from '../errors.js';
import type { Column } from '../output/column.js';
import { printList } from '../output/print-list.js';
import type { Session } from '../session.js';
import { productColumns } from './product-columns.js';

/**
 * Prints products in the order of their ids.
 *
 * @param chosen the columns of the command line
 * @throws {MissingProductsError} when there are ids of no product; the others are printed before
 */
export async function printBatch(
  session: Session,
  ids: readonly string[],
  chosen: readonly Column<Product>[] | undefined,
): Promise<void> {
  const missing: string[] = [];
  const batches = readBatches(session, [...new Set(ids)], missing);
  await printList(session, batches, { columns: productColumns, chosen });
  if (missing.length > 0) {
    throw new MissingProductsError(missing);
  }
}

/** Reads products batch by batch, and adds the ids of no product to `missing`. */
async function* readBatches(
  { client, signal }: Session,
  ids: readonly string[],
  missing: string[],
): AsyncGenerator<readonly Product[]> {
  for (let start = 0; start < ids.length; start += MAX_BATCH_SIZE) {
    const batch = ids.slice(start, start + MAX_BATCH_SIZE);
    const products = await client.products.getMany(batch, { signal });
    missing.push(...batch.filter((id) => !products.has(id)));
    yield [...products.values()];
  }
}
