import { initContract } from '@ts-rest/core';
import { apiKeyRoutes } from './api-key-routes.js';
import { changeRoutes } from './change-routes.js';
import { healthRoutes } from './health-routes.js';
import { historyRoutes } from './history-routes.js';
import { productRoutes } from './product-routes.js';
import type { Routes } from './route-metadata.js';
import { stockRoutes } from './stock-routes.js';
import { transferRoutes } from './transfer-routes.js';

/** Every route of the service. The server, SDK, CLI and OpenAPI document are derived from it. */
export const contract = initContract().router({
  products: productRoutes,
  stock: stockRoutes,
  transfers: transferRoutes,
  history: historyRoutes,
  changes: changeRoutes,
  apiKeys: apiKeyRoutes,
  health: healthRoutes,
} satisfies Routes);
