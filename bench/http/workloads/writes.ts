import { hotProducts, productId, sampleDescription } from '../catalog/product.js';
import { httpRequest } from '../load/http-request.js';
import type { Workload } from './workload.js';

/** Creates that many products in a round. */
export function creates(count: number): Workload {
  return {
    status: 201,
    order: 'once',
    requests: ({ round }) =>
      Array.from({ length: count }, (_, index) => {
        const name = `Created ${round} ${index}`;
        const product = { name, description: sampleDescription, price: 29.99, stock_quantity: 100 };
        return httpRequest('POST /products', { body: JSON.stringify(product) });
      }),
  };
}

/** Changes the stock of that many of the hot products in a round, one after the other. */
export function updates(count: number): Workload {
  return {
    status: 200,
    order: 'once',
    requests: ({ round }) =>
      Array.from({ length: count }, (_, index) =>
        httpRequest(`PUT /products/${productId(index % hotProducts)}`, {
          body: JSON.stringify({ stock_quantity: round + index }),
        }),
      ),
  };
}

/** Deletes that many products in a round; the database must have enough of them for all rounds. */
export function deletes(count: number): Workload {
  return {
    status: 204,
    order: 'once',
    requests: ({ round }) =>
      Array.from({ length: count }, (_, index) =>
        httpRequest(`DELETE /products/${productId(round * count + index)}`),
      ),
  };
}

/** Creates products with a body of about that many bytes: most of it is a member that nobody knows. */
export function createsOfSize(bytes: number, count: number): Workload {
  const product = {
    name: 'Large',
    description: sampleDescription,
    price: 29.99,
    stock_quantity: 100,
  };
  const size = JSON.stringify({ ...product, padding: '' }).length;
  const padding = 'x'.repeat(Math.max(0, bytes - size));
  const request = httpRequest('POST /products', { body: JSON.stringify({ ...product, padding }) });
  return { status: 201, order: 'once', requests: () => Array(count).fill(request) };
}
