import type { CreateProduct } from '@product-api/contract';

/** The product in the README's examples. */
export const mouse: CreateProduct = {
  name: 'Wireless Mouse',
  description: 'Ergonomic wireless mouse',
  price: 29.99,
  stock_quantity: 100,
};

/** A valid id of no product. */
export const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000';
