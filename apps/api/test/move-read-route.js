// Preloaded into the service: gives the contract's route for a product another path.
import { contract } from '@product-api/contract';

Object.assign(contract.products.get, { path: '/goods/:id' });
