import type { Cache } from '@product-api/cache';
import {
  contract,
  type Product,
  patchMediaTypes,
  type Readiness,
  type RouteMetadata,
} from '@product-api/contract';
import type { Database } from '@product-api/database';
import type { RequestHandler } from 'express';
import { ApiKeyRepository } from './api-keys/api-key-repository.js';
import { apiKeyRouter } from './api-keys/api-key-router.js';
import { ApiKeyService } from './api-keys/api-key-service.js';
import type { CurrentKeys } from './api-keys/current-keys.js';
import { ChangeRepository } from './changes/change-repository.js';
import { changeRouter } from './changes/change-router.js';
import { ChangeService } from './changes/change-service.js';
import { ChangeTail } from './changes/change-tail.js';
import { healthRouter } from './health/health-router.js';
import { type Condition, HealthService } from './health/health-service.js';
import { HistoryRepository } from './history/history-repository.js';
import { historyRouter } from './history/history-router.js';
import { HistoryService } from './history/history-service.js';
import type { AccessCheck } from './http/access/check-access.js';
import { jsonBody } from './http/body/json-body.js';
import { joinMiddleware } from './http/fast-path/join-middleware.js';
import { ByteBudget } from './http/limits/byte-budget.js';
import { ResponseQueue } from './http/limits/response-queue.js';
import type { DescribeError } from './http/problems/error-handler.js';
import type {
  ChangeStreamKind,
  RunningStreams,
  StreamKind,
} from './http/streams/running-streams.js';
import { ProductRepository } from './products/product-repository.js';
import { productRouter } from './products/product-router.js';
import { ProductService } from './products/product-service.js';
import { respondFromCache } from './products/respond-from-cache.js';
import { ProductSearch } from './products/search/product-search.js';
import { SearchRepository } from './products/search/search-repository.js';
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

/** The dependencies of the routers, and of the services behind them. */
export interface RouterDependencies {
  readonly database: Database;
  readonly cache: Cache<Product>;
  /** Returns whether the cache is fully used, and if not, why. */
  readonly cacheCondition: () => Condition<Readiness['cache']>;
  /** Identifies the keys of requests. */
  readonly apiKeys: CurrentKeys;
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
  readonly clock: () => Date;
  readonly newId: () => string;
  readonly isStopping: () => boolean;
}

/** Options of the routers. */
export interface RouterOptions {
  /** Maximum request body in bytes. */
  readonly bodyLimitBytes: number;
  /** Whether adjustments of stock need an idempotency key. */
  readonly stockKeyRequired: boolean;
  /** Milliseconds between two reads of new changes, while clients follow them. */
  readonly changePollMs: number;
}

/** What the routers have in common with the rest of the application. */
export interface RouterContext {
  readonly describeError: DescribeError;
  readonly checkAccess: AccessCheck;
}

/** The routers of all resources, and the middleware that responds to cached reads. */
export type Routers = ReturnType<typeof createRouters>;

/** Creates the routers of all resources, and the middleware that responds to cached reads. */
export function createRouters(
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
  }: RouterDependencies,
  { bodyLimitBytes, stockKeyRequired, changePollMs }: RouterOptions,
  { describeError, checkAccess }: RouterContext,
) {
  const repository = new ProductRepository(database, clock);
  const search = new ProductSearch(new SearchRepository(database));
  const products = new ProductService({ repository, search, cache, newId });
  const stock = new StockService({ repository: new StockRepository(database, clock), cache });
  const history = new HistoryService({
    repository: new HistoryRepository(database, clock),
    products: repository,
    cache,
  });
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
  const checkChangesAccess = joinMiddleware(checkAccess(contract.changes.stream.metadata.access));
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
      requireAccess: (response) =>
        new Promise((resolve, reject) => {
          checkChangesAccess(response.req, response, (refusal?: unknown) =>
            refusal === undefined ? resolve() : reject(refusal),
          );
        }),
    }),
    apiKeys: apiKeyRouter(keys, limits),
    health: healthRouter(health),
  };
  return { routers, respondFromCache: respondFromCache(products) };
}
