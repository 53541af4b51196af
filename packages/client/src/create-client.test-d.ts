import type * as contract from '@product-api/contract';
import { expectTypeOf } from 'vitest';
import type { ListProductsQuery } from './generated/contract.js';
import {
  type AdjustStock,
  type ApiKey,
  type Change,
  type ChangeFeed,
  type Changes,
  ChangesExpiredError,
  type Client,
  type CreateApiKey,
  type CreatedApiKey,
  type CreateProduct,
  createBatcher,
  ForbiddenError,
  type HistoryEntry,
  type HistoryPage,
  NotFoundError,
  type OwnApiKey,
  type Problem,
  type Product,
  type ProductApiError,
  type ProductPage,
  type ProductSort,
  RateLimitError,
  type Readiness,
  type RotateApiKey,
  type Scope,
  type Shortage,
  type StockAdjustment,
  type StockLedgerPage,
  type StockLine,
  type UpdateProduct,
  type ValidationProblem,
} from './index.js';

/** The generated types are those of the contract. */
export function generatedTypes() {
  expectTypeOf<Product>().toEqualTypeOf<contract.Product>();
  expectTypeOf<CreateProduct>().toEqualTypeOf<contract.CreateProduct>();
  expectTypeOf<UpdateProduct>().toEqualTypeOf<contract.UpdateProduct>();
  expectTypeOf<ProductPage>().toEqualTypeOf<contract.ProductPage>();
  expectTypeOf<ProductSort>().toEqualTypeOf<contract.ProductSort>();
  expectTypeOf<ListProductsQuery>().toEqualTypeOf<contract.ListProductsQuery>();
  expectTypeOf<Problem>().toEqualTypeOf<contract.Problem>();
  expectTypeOf<ValidationProblem>().toEqualTypeOf<contract.ValidationProblem>();
  expectTypeOf<Readiness>().toEqualTypeOf<contract.Readiness>();
  expectTypeOf<AdjustStock>().toEqualTypeOf<contract.AdjustStock>();
  expectTypeOf<StockLine>().toEqualTypeOf<contract.StockLine>();
  expectTypeOf<StockAdjustment>().toEqualTypeOf<contract.StockAdjustment>();
  expectTypeOf<StockLedgerPage>().toEqualTypeOf<contract.StockLedgerPage>();
  expectTypeOf<Shortage>().toEqualTypeOf<contract.Shortage>();
  expectTypeOf<Change>().toEqualTypeOf<contract.Change>();
  expectTypeOf<Changes>().toEqualTypeOf<contract.Changes>();
  expectTypeOf<HistoryEntry>().toEqualTypeOf<contract.HistoryEntry>();
  expectTypeOf<HistoryPage>().toEqualTypeOf<contract.HistoryPage>();
  expectTypeOf<Scope>().toEqualTypeOf<contract.Scope>();
  expectTypeOf<ApiKey>().toEqualTypeOf<contract.ApiKey>();
  expectTypeOf<CreateApiKey>().toEqualTypeOf<contract.CreateApiKey>();
  expectTypeOf<CreatedApiKey>().toEqualTypeOf<contract.CreatedApiKey>();
  expectTypeOf<RotateApiKey>().toEqualTypeOf<contract.RotateApiKey>();
  expectTypeOf<OwnApiKey>().toEqualTypeOf<contract.OwnApiKey>();
}

/** Calls that must not compile. `tsc` checks them; they are never run. */
export async function refusals({ products }: Client, id: string) {
  const mouse = { name: 'Mouse', description: '', price: 1, stock_quantity: 0 };
  expectTypeOf(await products.create(mouse)).toEqualTypeOf<Product>();

  // @ts-expect-error a field is missing
  await products.create({ name: 'Mouse', description: '', price: 1 });
  // @ts-expect-error a field has another type
  await products.create({ ...mouse, price: '1' });
  // @ts-expect-error there is no field with this name
  await products.update(id, { stock: 1 });
  // @ts-expect-error omit the option for an unconditional change
  await products.update(id, {}, { ifMatch: undefined });
  products.list({ q: 'mouse', sort: 'relevance' });
  // @ts-expect-error only a search can be sorted by relevance
  products.list({ sort: 'relevance' });
  // @ts-expect-error only a search can be sorted by relevance
  await products.listPage({ sort: 'relevance', limit: 5 });
  const q: string | undefined = id || undefined;
  products.list({ q, sort: 'price' });
  // @ts-expect-error there is no sort key with this name
  products.list({ sort: 'colour' });
  // @ts-expect-error the page size is an option, because the loop hides the pages
  products.list({ limit: 5 });
  // @ts-expect-error an adjustment has a delta
  await products.adjustStock(id, { reason: 'sale' });
  // @ts-expect-error a product does not have its entity tag
  (await products.get(id)).etag;
}

/** Only ids of products are in the result of `getMany`, and a batcher can return undefined. */
export async function batches(client: Client, id: string) {
  const products = await client.products.getMany(new Set([id]), { timeoutMs: 1000 });
  expectTypeOf(products).toEqualTypeOf<Map<string, Product>>();
  expectTypeOf(await createBatcher(client).get(id)).toEqualTypeOf<Product | undefined>();
  // @ts-expect-error a text is iterable, but its characters are not ids
  await client.products.getMany(id);
  // @ts-expect-error a batch has no entity tag
  await client.products.getMany([id], { ifNoneMatch: '"v1"' });
}

/** Only a read with `ifNoneMatch` can return undefined. */
export async function conditionalReads({ products }: Client, id: string, ifNoneMatch: string) {
  expectTypeOf(await products.get(id)).toEqualTypeOf<Product>();
  expectTypeOf(await products.get(id, { ifNoneMatch })).toEqualTypeOf<Product | undefined>();
  expectTypeOf(await products.listPage({}, { ifNoneMatch })).toEqualTypeOf<
    ProductPage | undefined
  >();
  const { data, attempts } = await products.get(id, { ifNoneMatch }).withResponse();
  expectTypeOf(data).toEqualTypeOf<Product | undefined>();
  expectTypeOf(attempts).toEqualTypeOf<number>();
}

/** Calls for changes. `tsc` checks them; they are never run. */
export async function changes({ changes, products }: Client, id: string) {
  expectTypeOf(await changes.list({ after: 'a', wait: 30 })).toEqualTypeOf<Changes>();
  const feed = changes.follow({ after: 'a', kind: 'update', include: 'product' });
  expectTypeOf(feed).toEqualTypeOf<ChangeFeed>();
  for await (const change of feed) {
    expectTypeOf(change).toEqualTypeOf<Change>();
  }
  // @ts-expect-error there is no kind with this name
  changes.follow({ kind: 'removal' });
  // @ts-expect-error a copy needs a place for its cursor
  await changes.sync({ handler: { replaceAll() {}, put() {}, remove() {} } });
  expectTypeOf(await products.history(id).toArray()).toEqualTypeOf<HistoryEntry[]>();
  expectTypeOf(await products.historyPage(id, { limit: 5 })).toEqualTypeOf<HistoryPage>();
  const restored = await products.restore(id, { version: 2, keepStock: true, ifMatch: '"v1"' });
  expectTypeOf(restored).toEqualTypeOf<Product>();
}

/** Calls for API keys. `tsc` checks them; they are never run. */
export async function apiKeys({ apiKeys: keys, stock }: Client, id: string) {
  expectTypeOf((await keys.create({ name: 'shop', scopes: ['stock:write'] })).key).toBeString();
  expectTypeOf(await keys.rotate(id)).toEqualTypeOf<CreatedApiKey>();
  await keys.rotate(id, { overlap_seconds: 60 }, { timeoutMs: 1000 });
  expectTypeOf(await keys.list()).toEqualTypeOf<ApiKey[]>();
  expectTypeOf(await keys.self()).toEqualTypeOf<OwnApiKey>();
  expectTypeOf(await keys.revoke(id)).toEqualTypeOf<void>();
  // @ts-expect-error there is no scope with this name
  await keys.create({ name: 'shop', scopes: ['products'] });
  // @ts-expect-error the routes of keys take no idempotency key
  await keys.create({ name: 'shop', scopes: ['admin'] }, { idempotencyKey: 'a' });
  // @ts-expect-error only a new key has its secret
  (await keys.list())[0]?.key;
  expectTypeOf(await stock.ledgerPage(id, { limit: 5 })).toEqualTypeOf<StockLedgerPage>();
  expectTypeOf(await stock.ledgerPage(id, {}, { ifNoneMatch: '"v1"' })).toEqualTypeOf<
    StockLedgerPage | undefined
  >();
}

type Contract = typeof contract.contract;

/** Routes of the contract without a function, and groups of routes without operations. */
type Missing = {
  [Group in keyof Contract]: Group extends keyof Client
    ? Exclude<keyof Contract[Group], keyof Client[Group]>
    : Group;
}[keyof Contract];

/**
 * Every route has a function of its name, except `GET /health`, which is `GET /health/live` by
 * another path; PATCH, which does what `update` does; and `batchGet`, which `getMany` calls.
 * `products.adjustStock` sends `stock.adjust`, and `stock.adjust` sends `stock.adjustMany`.
 * `products.import` and `products.export` send `transfers`, `products.history` and
 * `products.restore` send `history`. `changes.follow` sends `changes.list` instead of the stream.
 */
expectTypeOf<Missing>().toEqualTypeOf<
  'health' | 'patch' | 'batchGet' | 'adjustMany' | 'transfers' | 'history' | 'stream'
>();

/** The name of an error is a literal type, so that `tsc` checks comparisons with it. */
export function narrowing(error: ProductApiError) {
  expectTypeOf(error.status).toEqualTypeOf<number | undefined>();
  if (error instanceof NotFoundError) {
    expectTypeOf<(typeof error)['name']>().toEqualTypeOf<'NotFoundError'>();
    expectTypeOf(error.status).toEqualTypeOf<number>();
    expectTypeOf(error.problem.request_id).toEqualTypeOf<string>();
  }
  if (error instanceof ChangesExpiredError) {
    expectTypeOf(error.earliestCursor).toBeString();
  }
  if (error instanceof ForbiddenError) {
    expectTypeOf(error.requiredScope).toEqualTypeOf<Scope | undefined>();
  }
  if (error instanceof RateLimitError) {
    expectTypeOf(error.retryAfterSeconds).toEqualTypeOf<number | undefined>();
    expectTypeOf(error.violatedPolicies).toEqualTypeOf<readonly string[]>();
  }
}
