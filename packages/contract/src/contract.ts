import { initContract } from '@ts-rest/core';
import { healthRoutes } from './health-routes.js';
import { productRoutes } from './product-routes.js';
import { stockRoutes } from './stock-routes.js';

/** Every route of the service. The server, SDK, CLI and OpenAPI document are derived from it. */
export const contract = initContract().router({
  products: productRoutes,
  stock: stockRoutes,
  health: healthRoutes,
});
