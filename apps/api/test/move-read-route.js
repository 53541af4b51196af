// Preloaded into the service: changes the path of the contract's route for a product.
import { contract } from '@product-api/contract';

Object.assign(contract.products.get, { path: '/goods/:id' });
