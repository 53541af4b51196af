import { createClient } from '@product-api/client';

/**
 * Returns the most expensive product.
 *
 * @param {string} baseUrl
 */
export async function mostExpensiveProduct(baseUrl) {
  const { products } = createClient({ baseUrl });
  const [product] = (await products.listPage({ sort: '-price', limit: 1 })).items;
  if (product === undefined) {
    throw new Error('Expected a product, got an empty catalog. Start the service with SEED=true.');
  }
  return product;
}
