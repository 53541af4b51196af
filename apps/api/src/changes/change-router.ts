import { contract } from '@product-api/contract';
import { initServer } from '@ts-rest/express';

/** Binds the contract's routes of the change feed. */
export function changeRouter() {
  return initServer().router(contract.changes, {
    list: () => Promise.reject(new Error('Not built yet')),
    stream: () => Promise.reject(new Error('Not built yet')),
  });
}
