export {
  type ApiKey,
  type ApiKeyList,
  apiKeyListSchema,
  apiKeySchema,
  type CreateApiKey,
  type CreatedApiKey,
  createApiKeySchema,
  createdApiKeySchema,
  MAX_API_KEYS,
  MAX_OVERLAP_SECONDS,
  type OwnApiKey,
  ownApiKeySchema,
  type RotateApiKey,
  rotateApiKeySchema,
} from './api-key.js';
export {
  type Change,
  type ChangeKind,
  type Changes,
  changeKinds,
  changeSchema,
  changesExpiredProblemSchema,
  changesSchema,
  type ListChangesQuery,
  listChangesQuerySchema,
  MAX_CHANGES_WAIT_S,
  type StreamChangesQuery,
  streamChangesQuerySchema,
} from './change.js';
export { EVENT_STREAM_MEDIA_TYPE } from './change-routes.js';
export { contract } from './contract.js';
export type { Readiness } from './health.js';
export { MERGE_PATCH_MEDIA_TYPE, patchMediaTypes } from './patch-media-types.js';
export { PRICE_DECIMALS } from './price.js';
export {
  type FieldError,
  fieldErrorSchema,
  type Problem,
  type ProblemKind,
  problemSchema,
  problems,
  problemType,
  type ValidationProblem,
  validationProblemSchema,
} from './problem.js';
export {
  type CreateProduct,
  createProductSchema,
  isProductId,
  type Product,
  productSchema,
  toProductId,
  type UpdateProduct,
  updateProductSchema,
} from './product.js';
export {
  type BatchGet,
  batchGetSchema,
  MAX_BATCH_SIZE,
  type ProductBatch,
  productBatchSchema,
} from './product-batch.js';
export {
  type HistoryEntry,
  type HistoryPage,
  type HistoryQuery,
  historyEntrySchema,
  historyPageSchema,
  historyQuerySchema,
  type RestoreProduct,
  restoreProductSchema,
} from './product-history.js';
export {
  type ListProductsQuery,
  listProductsQuerySchema,
  MAX_PAGE_SIZE,
  MAX_SEARCH_WORDS,
  type ProductPage,
  type ProductSort,
  productPageSchema,
  productSorts,
  searchSorts,
} from './product-list.js';
export { type Rate, type RateClass, type RateCost, rateClasses } from './rate.js';
export { metadataOf, type RouteMetadata } from './route-metadata.js';
export { type Access, type Scope, scopeSchema, scopes } from './scopes.js';
export {
  type AdjustStock,
  type AdjustStocks,
  adjustStockSchema,
  adjustStocksSchema,
  MAX_STOCK_LINES,
  type StockLine,
  stockLineSchema,
} from './stock.js';
export {
  type StockAdjustment,
  type StockLedgerPage,
  type StockLedgerQuery,
  stockAdjustmentSchema,
  stockLedgerQuerySchema,
} from './stock-ledger.js';
export { type Shortage, shortageSchema } from './stock-problem.js';
export {
  type ExportQuery,
  exportQuerySchema,
  type FailedLine,
  failedLineSchema,
  type ImportedLine,
  type ImportQuery,
  type ImportSummary,
  importedLineSchema,
  importQuerySchema,
  importSummarySchema,
} from './transfer.js';
export {
  CSV_MEDIA_TYPE,
  exportMediaTypes,
  importMediaTypes,
  NDJSON_MEDIA_TYPE,
} from './transfer-media-types.js';
export { VERSION } from './version.js';
