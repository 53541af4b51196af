import { contract } from '@product-api/contract';
import express, { type Express } from 'express';
import type { Logger } from 'pino';
import { bindContract } from './bind-contract.js';
import type { CorsOrigins } from './config/cors-origins.js';
import { createRouters, type RouterDependencies, type RouterOptions } from './create-routers.js';
import { type AccessRefusal, type AuthMode, accessCheck } from './http/access/check-access.js';
import { sendJsonTexts } from './http/body/json-text.js';
import { entityTag } from './http/conditional/entity-tag.js';
import { respondNotModified } from './http/conditional/not-modified.js';
import { serveDocuments } from './http/documents/serve-documents.js';
import type { HandleRequest } from './http/fast-path/direct-route.js';
import { respondToOtherMethods } from './http/headers/allowed-methods.js';
import { completeHeaders } from './http/headers/complete-headers.js';
import { allowOrigins } from './http/headers/cross-origin.js';
import { errorDescription, errorHandler, routeNotFound } from './http/problems/error-handler.js';
import type { MetricFamily } from './metrics/prometheus/metric-family.js';
import { serveMetrics } from './metrics/serve-metrics.js';
import { limitUnauthorized } from './rate-limits/limit-unauthorized.js';

/** The dependencies of the application. Nothing is global. */
export interface AppDependencies extends RouterDependencies {
  /** Called for each request that its key, or the lack of one, does not allow. */
  readonly onRefused: (reason: AccessRefusal) => void;
  readonly logger: Logger;
  /** Collects the metrics of the whole service, all processes included. */
  readonly collectMetrics: () => Promise<readonly MetricFamily[]>;
}

/** Options for the application. */
export interface AppOptions extends RouterOptions {
  /** Origins whose pages may call the service from a browser. */
  readonly corsOrigins: CorsOrigins;
  /** Which requests need an API key. */
  readonly authMode: AuthMode;
  /** Whether the OpenAPI document and its pages are served. */
  readonly servesDocuments: boolean;
}

/** An application for a server. */
export interface App {
  readonly application: Express;
  /** Handles every request, some without Express's router. */
  readonly handle: HandleRequest;
}

/**
 * Creates the Express application: the contract's routes, the documents, the metrics, and error
 * responses for everything else.
 */
export function createApp(dependencies: AppDependencies, options: AppOptions): App {
  const app = express();
  app.disable('x-powered-by');
  app.enable('case sensitive routing');
  app.set('etag', entityTag);
  respondNotModified(app);
  sendJsonTexts(app);

  completeHeaders(app);
  const before = options.corsOrigins.length > 0 ? [allowOrigins(options.corsOrigins)] : [];
  for (const middleware of before) {
    app.use(middleware);
  }
  const { rateLimiter } = dependencies;
  const checkAccess = accessCheck({
    mode: options.authMode,
    keys: dependencies.apiKeys,
    onRefused: dependencies.onRefused,
    mayAwaitKeys: (request) => !rateLimiter?.hasTooManyUnauthorized(request),
  });
  const describeError = errorDescription(dependencies.logger, dependencies.database);
  const routers = createRouters(dependencies, options, { describeError, checkAccess });
  const handle = bindContract(app, routers, {
    before,
    checksOf: ({ access, rate }) => [
      ...checkAccess(access),
      ...(rateLimiter?.countRequests(rate) ?? []),
    ],
  });
  respondToOtherMethods(app, contract);
  if (options.servesDocuments) {
    serveDocuments(app);
  }
  serveMetrics(app, dependencies.collectMetrics, checkAccess('metrics:read'));
  app.use(routeNotFound);
  if (rateLimiter) {
    app.use(limitUnauthorized(rateLimiter));
  }
  app.use(errorHandler(describeError));
  return { application: app, handle };
}
