export { type Batcher, createBatcher } from './create-batcher.js';
export { type Client, createClient } from './create-client.js';
export { ForbiddenError, RateLimitError, UnauthorizedError } from './errors/access-errors.js';
export { ConnectionError, TimeoutError } from './errors/connection-errors.js';
export type { FailureDetails } from './errors/failure-details.js';
export { ProblemError } from './errors/problem-error.js';
export { ProductApiError } from './errors/product-api-error.js';
export {
  ChangesExpiredError,
  NotFoundError,
  PreconditionFailedError,
  RequestRejectedError,
  ValidationError,
} from './errors/request-errors.js';
export { BadGatewayError, GatewayTimeoutError, ServerError } from './errors/server-errors.js';
export {
  InsufficientStockError,
  StockChangedError,
  StockOverflowError,
} from './errors/stock-errors.js';
export { RedirectError, UnexpectedResponseError } from './errors/unexpected-response-errors.js';
export {
  type AdjustStock,
  type ApiKey,
  type Change,
  type Changes,
  type CreateApiKey,
  type CreatedApiKey,
  type CreateProduct,
  type FailedLine,
  type FieldError,
  type HistoryEntry,
  type HistoryPage,
  type ImportSummary,
  type Liveness,
  MAX_BATCH_SIZE,
  MAX_PAGE_SIZE,
  type OwnApiKey,
  PRICE_DECIMALS,
  type Problem,
  type Product,
  type ProductPage,
  type ProductSort,
  productSorts,
  type Readiness,
  type RotateApiKey,
  type Scope,
  type SearchSort,
  type Shortage,
  type StockAdjustment,
  type StockLedgerPage,
  type StockLine,
  scopes,
  searchSorts,
  type UpdateProduct,
  type ValidationProblem,
  VERSION,
} from './generated/contract.js';
export type { ApiKeySource } from './http/api-key.js';
export type { HttpRequest, HttpResponse } from './http/http-message.js';
export type { HeaderFields, HeaderSource } from './http/request-headers.js';
export type { QueryParameters } from './http/request-path.js';
export type { ApiCall, ApiResponse } from './operations/api-call.js';
export type { ApiKeyOperations } from './operations/api-key-operations.js';
export type { ChangeOperations } from './operations/change-operations.js';
export type { ChangeFeed } from './operations/follow-changes.js';
export type { HealthOperations } from './operations/health-operations.js';
export type { HistoryOperations, ProductHistory } from './operations/history-operations.js';
export type { Page, PagedList, ToArrayOptions } from './operations/paged-list.js';
export type {
  ProductList,
  ProductOperations,
  TaggedProductOperations,
} from './operations/product-operations.js';
export type { ProductWithEtag, ReadProduct } from './operations/product-with-etag.js';
export type { CustomRequest, RequestOperation } from './operations/request-operation.js';
export type { StockLedger, StockOperations } from './operations/stock-operations.js';
export type {
  CallOptions,
  ChangeOptions,
  IfNoneMatchOptions,
  ReadOptions,
  WriteOptions,
} from './options/call-options.js';
export type {
  ChangesQuery,
  CursorStore,
  EndlessOptions,
  FollowFailure,
  FollowOptions,
  SyncHandler,
  SyncOptions,
} from './options/change-options.js';
export type { ClientOptions } from './options/client-options.js';
export type { RestoreOptions } from './options/history-options.js';
export type { Attempt, Hooks, RequestEvent, ResponseEvent, RetryEvent } from './options/hooks.js';
export type {
  HistoryPageQuery,
  LedgerPageQuery,
  ListOptions,
  ListQuery,
  PageQuery,
} from './options/list-options.js';
export type { RetryOptions } from './options/retry-options.js';
export type { AdjustStockOptions } from './options/stock-options.js';
export type {
  ExportOptions,
  ExportQuery,
  ExportTextQuery,
  ImportedProduct,
  ImportOptions,
  ImportProgress,
  ImportSource,
} from './options/transfer-options.js';
export { isProductId } from './product-id.js';
