import type { CreateProduct } from '@product-api/contract';

/** The product of the README's examples. */
export const mouse: CreateProduct = {
  name: 'Wireless Mouse',
  description: 'Ergonomic wireless mouse',
  price: 29.99,
  stock_quantity: 100,
};

/** An id that the server could have made, but did not. */
export const unknownId = '00000000-0000-4000-8000-000000000000';
