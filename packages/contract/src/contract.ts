import { initContract } from '@ts-rest/core';
import { healthRoutes } from './health-routes.js';
import { productRoutes } from './product-routes.js';

/** Every route of the service. Server, SDK, CLI and OpenAPI document follow from it. */
export const contract = initContract().router({ products: productRoutes, health: healthRoutes });
