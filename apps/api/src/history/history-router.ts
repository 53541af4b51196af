import { contract } from '@product-api/contract';
import { initServer } from '@ts-rest/express';

/** Binds the contract's routes of the history. */
export function historyRouter() {
  return initServer().router(contract.history, {
    list: () => Promise.reject(new Error('Not built yet')),
    restore: () => Promise.reject(new Error('Not built yet')),
  });
}
