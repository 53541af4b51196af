export {
  type CreateProduct,
  type FieldError,
  isProductId,
  MAX_PAGE_SIZE,
  PRICE_DECIMALS,
  type Problem,
  type Product,
  type ProductPage,
  type ProductSort,
  productSorts,
  type Readiness,
  type UpdateProduct,
  type ValidationProblem,
  VERSION,
} from '@product-api/contract';
export type { CallOptions, ChangeOptions, ClientOptions } from './client-options.js';
export { type Client, createClient } from './create-client.js';
export { ConnectionError } from './errors/connection-error.js';
export { NotFoundError } from './errors/not-found-error.js';
export { PreconditionFailedError } from './errors/precondition-failed-error.js';
export { ProblemError } from './errors/problem-error.js';
export { type FailureDetails, ProductApiError } from './errors/product-api-error.js';
export { RequestRejectedError } from './errors/request-rejected-error.js';
export { ServerError } from './errors/server-error.js';
export { TimeoutError } from './errors/timeout-error.js';
export { UnexpectedResponseError } from './errors/unexpected-response-error.js';
export { ValidationError } from './errors/validation-error.js';
export type { HealthOperations } from './health-operations.js';
export type { ListOptions, ListQuery, PageQuery } from './list-query.js';
export type { ProductList } from './product-list.js';
export type { ProductOperations, TaggedProductOperations } from './product-operations.js';
export type { ProductWithEtag, ReadProduct } from './product-with-etag.js';
export type { RetryOptions } from './retry.js';
