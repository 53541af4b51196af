import { MAX_BATCH_SIZE, type Product, type ProductBatch } from '../generated/contract.js';

/** Fetches at most `MAX_BATCH_SIZE` products by their ids. */
export type FetchBatch = (ids: readonly string[]) => PromiseLike<ProductBatch>;

/**
 * Fetches any number of products, one batch after the other. Returns them by their ids, as they are
 * written in `ids`, without those that do not exist.
 */
export async function getMany(
  ids: Iterable<string>,
  fetchBatch: FetchBatch,
): Promise<Map<string, Product>> {
  const asked = [...new Set(ids)];
  const found = new Map<string, Product>();
  for (let start = 0; start < asked.length; start += MAX_BATCH_SIZE) {
    const batch = asked.slice(start, start + MAX_BATCH_SIZE);
    const { items } = await fetchBatch(batch);
    const products = new Map(items.map((product) => [product.id, product]));
    for (const id of batch) {
      // The service accepts ids in upper case, and returns them in lower case.
      const product = products.get(id.toLowerCase());
      if (product) {
        found.set(id, product);
      }
    }
  }
  return found;
}
