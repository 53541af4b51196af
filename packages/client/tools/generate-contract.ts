/**
 * Writes src/generated/contract.ts: the types, checks, routes and constants of the contract, as
 * code that needs neither zod nor ts-rest. The contract's schemas stay the only definition.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import {
  adjustStockSchema,
  apiKeySchema,
  changeSchema,
  changesSchema,
  contract,
  createApiKeySchema,
  createdApiKeySchema,
  createProductSchema,
  exportQuerySchema,
  failedLineSchema,
  fieldErrorSchema,
  historyEntrySchema,
  historyPageSchema,
  historyQuerySchema,
  importQuerySchema,
  importSummarySchema,
  listChangesQuerySchema,
  listProductsQuerySchema,
  MAX_BATCH_SIZE,
  MAX_CHANGES_WAIT_S,
  MAX_PAGE_SIZE,
  ownApiKeySchema,
  PRICE_DECIMALS,
  problemSchema,
  problems,
  problemType,
  productSchema,
  productSorts,
  rotateApiKeySchema,
  scopeSchema,
  scopes,
  searchSorts,
  shortageSchema,
  stockAdjustmentSchema,
  stockLedgerQuerySchema,
  stockLineSchema,
  updateProductSchema,
  VERSION,
  validationProblemSchema,
} from '@product-api/contract';
import { idPattern, type RouteGroup, routesSource, successBody } from './route-source.js';
import { type NamedSchema, SchemaSource } from './schema-source.js';

const { products, stock, transfers, history, changes, apiKeys, health } = contract;

/** The exported types, with their doc comments. A schema before those that contain it. */
const named: readonly NamedSchema[] = [
  { name: 'Product', schema: productSchema, doc: 'A product of the catalog.', checked: true },
  { name: 'CreateProduct', schema: createProductSchema, doc: 'The fields of a new product.' },
  {
    name: 'UpdateProduct',
    schema: updateProductSchema,
    doc: 'The fields of a product to change; omitted fields keep their value.',
  },
  {
    name: 'ListProductsQuery',
    schema: listProductsQuerySchema,
    doc: 'The query parameters of a list.',
  },
  {
    name: 'ProductPage',
    schema: successBody(products.list),
    doc: 'One page of products, and the cursor of the next.',
    checked: true,
  },
  {
    name: 'ProductBatch',
    schema: successBody(products.batchGet),
    doc: 'The products of a batch, and the ids that have none.',
    checked: true,
  },
  { name: 'AdjustStock', schema: adjustStockSchema, doc: 'How to change the stock of a product.' },
  {
    name: 'StockLine',
    schema: stockLineSchema,
    doc: 'How to change the stock of one of several products.',
  },
  {
    name: 'AdjustedProducts',
    schema: successBody(stock.adjustMany),
    doc: 'The products of an adjustment, after it.',
    checked: true,
  },
  {
    name: 'StockAdjustment',
    schema: stockAdjustmentSchema,
    doc: 'One change of a product’s stock.',
    checked: true,
  },
  {
    name: 'StockLedgerPage',
    schema: successBody(stock.ledger),
    doc: 'One page of changes of a product’s stock, the newest first.',
    checked: true,
  },
  {
    name: 'StockLedgerQuery',
    schema: stockLedgerQuerySchema,
    doc: 'The query parameters of a ledger.',
  },
  {
    name: 'Shortage',
    schema: shortageSchema,
    doc: 'A product with fewer pieces than an adjustment would take.',
    checked: true,
  },
  { name: 'Change', schema: changeSchema, doc: 'One change of one product.', checked: true },
  {
    name: 'Changes',
    schema: changesSchema,
    doc: 'Changes in the order of their commits, and where to go on.',
    checked: true,
  },
  {
    name: 'ListChangesQuery',
    schema: listChangesQuerySchema,
    doc: 'The query parameters of a request for changes.',
  },
  {
    name: 'HistoryEntry',
    schema: historyEntrySchema,
    doc: 'One change in the history of a product.',
    checked: true,
  },
  {
    name: 'HistoryPage',
    schema: historyPageSchema,
    doc: 'One page of the history of a product, the newest change first.',
    checked: true,
  },
  {
    name: 'HistoryQuery',
    schema: historyQuerySchema,
    doc: 'The query parameters of a history.',
  },
  { name: 'Scope', schema: scopeSchema, doc: 'What an API key can allow.', checked: true },
  { name: 'ApiKey', schema: apiKeySchema, doc: 'An API key without its secret.', checked: true },
  {
    name: 'ApiKeyList',
    schema: successBody(apiKeys.list),
    doc: 'All API keys, the newest first.',
    checked: true,
  },
  { name: 'CreateApiKey', schema: createApiKeySchema, doc: 'What a new API key is for.' },
  {
    name: 'CreatedApiKey',
    schema: createdApiKeySchema,
    doc: 'A new API key with its secret.',
    checked: true,
  },
  { name: 'RotateApiKey', schema: rotateApiKeySchema, doc: 'How an API key is replaced.' },
  {
    name: 'OwnApiKey',
    schema: ownApiKeySchema,
    doc: 'The API key of the request itself.',
    checked: true,
  },
  { name: 'FieldError', schema: fieldErrorSchema, doc: 'One fault of a request.', checked: true },
  {
    name: 'ExportQueryParameters',
    schema: exportQuerySchema,
    doc: 'The query parameters of an export.',
  },
  {
    name: 'ImportQueryParameters',
    schema: importQuerySchema,
    doc: 'The query parameters of an import.',
  },
  {
    name: 'FailedLine',
    schema: failedLineSchema,
    doc: 'A line of an import that failed.',
    checked: true,
  },
  {
    name: 'ImportSummary',
    schema: importSummarySchema,
    doc: 'What an import has done. `complete` is whether it has processed the whole file.',
    checked: true,
  },
  { name: 'Problem', schema: problemSchema, doc: 'A problem document (RFC 9457).' },
  {
    name: 'ValidationProblem',
    schema: validationProblemSchema,
    doc: 'A problem document that lists every fault of the request.',
  },
  {
    name: 'Liveness',
    schema: successBody(health.live),
    doc: 'The response of a process that runs.',
    checked: true,
  },
  {
    name: 'Readiness',
    schema: successBody(health.ready),
    doc: 'The condition of a service that can handle requests.',
    checked: true,
  },
];

const source = new SchemaSource(named);
const groups: RouteGroup[] = [
  { name: 'products', routes: products },
  { name: 'stock', routes: stock },
  { name: 'transfers', routes: transfers },
  { name: 'history', routes: history },
  // Not the stream: the SDK follows changes by requests that wait.
  { name: 'changes', routes: { list: changes.list } },
  { name: 'apiKeys', routes: apiKeys },
  { name: 'health', routes: { live: health.live, ready: health.ready } },
];
const problemTypes = Object.keys(problems).map(
  // `Object.keys` does not keep the type of the keys.
  (kind) => `  '${kind}': '${problemType(kind as keyof typeof problems)}',`,
);

const file = `// Generated by tools/generate-contract.ts from packages/contract.
import * as check from '../checks/check.js';

/** The version of the contract, and so of the service, the SDK and the CLI. */
export const VERSION = '${VERSION}';

/** The number of digits that a price may have after its decimal point. */
export const PRICE_DECIMALS = ${PRICE_DECIMALS};

/** The maximum \`limit\` of a list request. */
export const MAX_PAGE_SIZE = ${MAX_PAGE_SIZE};

/** The maximum number of ids in a batch. */
export const MAX_BATCH_SIZE = ${MAX_BATCH_SIZE};

/** The maximum \`wait\` of a request for changes, in seconds. */
export const MAX_CHANGES_WAIT_S = ${MAX_CHANGES_WAIT_S};

/** Sort keys; a leading minus sorts descending. Ties are broken by id. */
export const productSorts = ${JSON.stringify(productSorts)} as const;

/** A sort key of a list. */
export type ProductSort = (typeof productSorts)[number];

/** The sort keys of a search: also by relevance. */
export const searchSorts = ${JSON.stringify(searchSorts)} as const;

/** A sort key of a search. */
export type SearchSort = (typeof searchSorts)[number];

/** What an API key can allow. \`admin\` allows everything, and alone manages keys. */
export const scopes = ${JSON.stringify(scopes)} as const;

/** The format of a product id. */
export const PRODUCT_ID: RegExp = ${idPattern(productSchema)};

/** The \`type\` of each kind of problem document. */
export const problemTypes = {
${problemTypes.join('\n')}
} as const;

${source.declarations()}
${routesSource(groups, source)}`;

const target = new URL('../src/generated/', import.meta.url);
await mkdir(target, { recursive: true });
await writeFile(new URL('contract.ts', target), file);
