import type { Cache } from '@product-api/cache';
import {
  contract,
  metadataOf,
  type Product,
  patchMediaTypes,
  type Readiness,
  type RouteMetadata,
} from '@product-api/contract';
import type { Database } from '@product-api/database';
import { createExpressEndpoints } from '@ts-rest/express';
import express, { type Express, type RequestHandler } from 'express';
import type { Logger } from 'pino';
import { admission } from './admit-request.js';
import { ApiKeyRepository } from './api-keys/api-key-repository.js';
import { apiKeyRouter } from './api-keys/api-key-router.js';
import { ApiKeyService } from './api-keys/api-key-service.js';
import type { CurrentKeys } from './api-keys/current-keys.js';
import { ChangeRepository } from './changes/change-repository.js';
import { changeRouter } from './changes/change-router.js';
import { ChangeService } from './changes/change-service.js';
import { ChangeTail } from './changes/change-tail.js';
import type { CorsOrigins } from './config/cors-origins.js';
import { healthRouter } from './health/health-router.js';
import { type Condition, HealthService } from './health/health-service.js';
import { HistoryRepository } from './history/history-repository.js';
import { historyRouter } from './history/history-router.js';
import { HistoryService } from './history/history-service.js';
import {
  type AccessRefusal,
  type AuthMode,
  accessCheck,
  type CheckAccess,
} from './http/access/check-access.js';
import { jsonBody } from './http/body/json-body.js';
import { sendJsonTexts } from './http/body/json-text.js';
import { entityTag } from './http/conditional/entity-tag.js';
import { respondNotModified } from './http/conditional/not-modified.js';
import { serveDocuments } from './http/documents/serve-documents.js';
import { respondToOtherMethods } from './http/headers/allowed-methods.js';
import { completeHeaders } from './http/headers/complete-headers.js';
import { allowOrigins } from './http/headers/cross-origin.js';
import { ByteBudget } from './http/limits/byte-budget.js';
import { ResponseQueue } from './http/limits/response-queue.js';
import {
  type DescribeError,
  errorDescription,
  errorHandler,
  routeNotFound,
} from './http/problems/error-handler.js';
import { ValidationError } from './http/problems/problem-errors.js';
import { requestFaults } from './http/problems/request-faults.js';
import type {
  ChangeStreamKind,
  RunningStreams,
  StreamKind,
} from './http/streams/running-streams.js';
import type { MetricFamily } from './metrics/prometheus/metric-family.js';
import { serveMetrics } from './metrics/serve-metrics.js';
import { ProductRepository } from './products/product-repository.js';
import { productRouter } from './products/product-router.js';
import { ProductService } from './products/product-service.js';
import { ProductSearch } from './products/search/product-search.js';
import { SearchRepository } from './products/search/search-repository.js';
import { limitUnauthorized } from './rate-limits/limit-unauthorized.js';
import type { RateLimiter } from './rate-limits/rate-limiter.js';
import { StockRepository } from './stock/stock-repository.js';
import { stockRouter } from './stock/stock-router.js';
import { StockService } from './stock/stock-service.js';
import { ImportRepository } from './transfers/import/import-repository.js';
import type { TransferObserver } from './transfers/transfer-observer.js';
import { transferRouter } from './transfers/transfer-router.js';
import { TransferService } from './transfers/transfer-service.js';

/** Maximum bytes of all request bodies that are arriving: 256 MiB. */
const BODIES_IN_TRANSIT_BYTES = 256 * 1024 * 1024;

/** Maximum bytes of all list pages and batches that clients have not read yet: 64 MiB. */
const UNSENT_BYTES = 64 * 1024 * 1024;

/**
 * Maximum number of batches that are produced at a time. Each waits for Redis or the database,
 * which it reads in parts of up to 1.5 MiB, and takes up to 12 MiB if its products have the longest
 * descriptions. The parts of eight at a time can exceed the timeout of a Redis command.
 */
const BATCHES_AT_ONCE = 4;

/**
 * Milliseconds between two events of a stream of changes that has no changes. Proxies usually end a
 * connection on which nothing was sent for 60 s.
 */
const HEARTBEAT_MS = 15_000;

/** The dependencies of the application. Nothing is global. */
export interface AppDependencies {
  readonly database: Database;
  readonly cache: Cache<Product>;
  /** Returns whether the cache is fully used, and if not, why. */
  readonly cacheCondition: () => Condition<Readiness['cache']>;
  /** Identifies the keys of requests. */
  readonly apiKeys: CurrentKeys;
  /** Called for each request that its key, or the lack of one, does not allow. */
  readonly onRefused: (reason: AccessRefusal) => void;
  /** Counts requests against their limits; undefined if there are none. */
  readonly rateLimiter: RateLimiter | undefined;
  /** The imports and exports that are running. */
  readonly streams: RunningStreams<StreamKind>;
  /** The streams of changes, and the requests that wait for a change. */
  readonly changeStreams: RunningStreams<ChangeStreamKind>;
  /** Called when new changes could not be read for them; they are read again. */
  readonly onChangesNotRead: (error: unknown) => void;
  /** Counts the lines of imports and exports. */
  readonly transferObserver: TransferObserver;
  readonly logger: Logger;
  readonly clock: () => Date;
  readonly newId: () => string;
  readonly isStopping: () => boolean;
  /** Collects the metrics of the whole service, all processes included. */
  readonly collectMetrics: () => Promise<readonly MetricFamily[]>;
}

/** Options for the application. */
export interface AppOptions {
  /** Maximum request body in bytes. */
  readonly bodyLimitBytes: number;
  /** Origins whose pages may call the service from a browser. */
  readonly corsOrigins: CorsOrigins;
  /** Whether adjustments of stock need an idempotency key. */
  readonly stockKeyRequired: boolean;
  /** Which requests need an API key. */
  readonly authMode: AuthMode;
  /** Whether the OpenAPI document and its pages are served. */
  readonly servesDocuments: boolean;
  /** Milliseconds between two reads of new changes, while clients follow them. */
  readonly changePollMs: number;
}

/**
 * Creates the Express application: the contract's routes, the documents, the metrics, and error
 * responses for everything else.
 */
export function createApp(dependencies: AppDependencies, options: AppOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.enable('case sensitive routing');
  app.set('etag', entityTag);
  respondNotModified(app);
  sendJsonTexts(app);

  completeHeaders(app);
  if (options.corsOrigins.length > 0) {
    app.use(allowOrigins(options.corsOrigins));
  }
  const { rateLimiter } = dependencies;
  const checkAccess = accessCheck({
    mode: options.authMode,
    keys: dependencies.apiKeys,
    onRefused: dependencies.onRefused,
    mayAwaitKeys: (request) => !rateLimiter?.hasTooManyUnauthorized(request),
  });
  const describeError = errorDescription(dependencies.logger, dependencies.database);
  bindContract(app, dependencies, options, { checkAccess, describeError });
  respondToOtherMethods(app, contract);
  if (options.servesDocuments) {
    serveDocuments(app);
  }
  serveMetrics(app, dependencies.collectMetrics, (request, _response, next) =>
    checkAccess('metrics:read', request, next),
  );
  app.use(routeNotFound);
  if (rateLimiter) {
    app.use(limitUnauthorized(rateLimiter));
  }
  app.use(errorHandler(describeError));
  return app;
}

/** Binds the routes of the contract to their services. */
function bindContract(
  app: Express,
  {
    database,
    cache,
    cacheCondition,
    apiKeys,
    rateLimiter,
    streams,
    changeStreams,
    onChangesNotRead,
    transferObserver,
    clock,
    newId,
    isStopping,
  }: AppDependencies,
  { bodyLimitBytes, stockKeyRequired, changePollMs }: AppOptions,
  {
    checkAccess,
    describeError,
  }: { readonly checkAccess: CheckAccess; readonly describeError: DescribeError },
): void {
  const repository = new ProductRepository(database, clock);
  const search = new ProductSearch(new SearchRepository(database));
  const products = new ProductService({ repository, search, cache, newId });
  const stock = new StockService({ repository: new StockRepository(database, clock), cache });
  const changeSource = {
    repository: new ChangeRepository(database.changeFeed),
    findProduct: async (id: string) => (await repository.find({ id }))?.product,
  };
  const tail = new ChangeTail({
    ...changeSource,
    pollMs: changePollMs,
    onFailure: onChangesNotRead,
  });
  const changes = new ChangeService({ ...changeSource, tail, heartbeatMs: HEARTBEAT_MS });
  const history = new HistoryService({
    repository: new HistoryRepository(database, clock),
    products: repository,
    cache,
  });
  const transfers = new TransferService({
    products: repository,
    imports: new ImportRepository(database, clock),
    cache,
    newId,
    observer: transferObserver,
    changesCursor: () => changes.currentCursor(),
  });
  const keys = new ApiKeyService({
    repository: new ApiKeyRepository(database),
    keys: apiKeys,
    clock,
  });
  const health = new HealthService({
    databaseCondition: () => database.check(),
    cacheCondition,
    isStopping,
  });
  const bodies = {
    limitBytes: bodyLimitBytes,
    inTransit: new ByteBudget(BODIES_IN_TRANSIT_BYTES),
  };
  const unsent = new ByteBudget(UNSENT_BYTES);
  const limits = {
    jsonBody: jsonBody(bodies),
    mergePatchBody: jsonBody({ ...bodies, mediaTypes: patchMediaTypes }),
    countEntries:
      (route: { readonly metadata: RouteMetadata }): RequestHandler =>
      (request, response, next) =>
        rateLimiter
          ? rateLimiter.countEntries(route.metadata.rate, request, response, next)
          : next(),
    pages: new ResponseQueue({ unsent, atOnce: 1 }),
    searches: new ResponseQueue({ unsent, atOnce: 1 }),
    batches: new ResponseQueue({ unsent, atOnce: BATCHES_AT_ONCE }),
  };
  const routers = {
    products: productRouter(products, limits),
    stock: stockRouter(stock, { ...limits, keyRequired: stockKeyRequired }),
    transfers: transferRouter(transfers, {
      streams,
      describe: describeError,
      lineLimitBytes: bodyLimitBytes,
    }),
    history: historyRouter(history, limits),
    changes: changeRouter(changes, {
      streams: changeStreams,
      describe: describeError,
      pages: limits.pages,
    }),
    apiKeys: apiKeyRouter(keys, limits),
    health: healthRouter(health),
  };
  const admitRequest = admission({ checkAccess, rateLimiter, bodyLimitBytes });
  createExpressEndpoints(contract, routers, app, {
    logInitialization: false,
    globalMiddleware: [
      (request, response, next) =>
        admitRequest(metadataOf(request.tsRestRoute), request, response, next),
    ],
    // Passes faults to the error handler; by default ts-rest would respond in its own format.
    requestValidationErrorHandler: (error, request, _response, next) =>
      next(new ValidationError(requestFaults(error, request.tsRestRoute, request.query))),
  });
}
