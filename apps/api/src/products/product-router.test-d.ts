import { contract } from '@product-api/contract';
import { initServer } from '@ts-rest/express';

const product = { id: '', name: '', description: '', price: 1, stock_quantity: 1 };
const { route } = initServer();

/** Handlers that must not compile, after one that must. */
export const wrongHandlers = [
  route(contract.products.get, async () => ({ status: 200, body: product })),

  // @ts-expect-error the contract declares no such status for this route
  route(contract.products.get, async () => ({ status: 201, body: product })),

  // @ts-expect-error a field is missing
  route(contract.products.get, async () => ({
    status: 200,
    body: { ...product, price: undefined },
  })),

  // @ts-expect-error a field has the wrong type
  route(contract.products.get, async () => ({ status: 200, body: { ...product, price: '1' } })),
];
