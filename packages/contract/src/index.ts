export { contract } from './contract.js';
export type { Readiness } from './health.js';
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
export { VERSION } from './version.js';
