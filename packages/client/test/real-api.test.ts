import { type RunningApi, startApi } from '@product-api/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Client, createClient } from '../src/index.js';
import { collect } from './collect.js';

const lamp = { name: 'Lamp 💡', description: 'Warm light', price: 12.3456, stock_quantity: 3 };

let api: RunningApi;
let client: Client;

beforeAll(async () => {
  // Nothing listens there.
  api = await startApi({ env: { REDIS_URL: 'redis://127.0.0.1:1' } });
  client = createClient({ baseUrl: api.baseUrl });
});
afterAll(() => api?.stop());

test('a product can be created, read, updated and deleted', async () => {
  const created = await client.products.create(lamp);
  expect(created).toStrictEqual({ id: created.id, ...lamp });
  expect(await client.products.get(created.id)).toStrictEqual(created);
  const updated = await client.products.update(created.id, { price: 9.5 });
  expect(updated).toStrictEqual({ ...created, price: 9.5 });
  expect(await client.products.delete(created.id)).toBeUndefined();
  await expect(client.products.get(created.id)).rejects.toMatchObject({
    name: 'NotFoundError',
    problem: { detail: 'Product not found' },
    requestId: expect.stringMatching(/./),
  });
});

test('a product that was read can be passed back with changes', async () => {
  const product = await client.products.create(lamp);
  const updated = await client.products.update(product.id, { ...product, price: 5 });
  expect(updated).toEqual({ ...product, price: 5 });
});

test('a misspelled field is refused', async () => {
  const { id, ...product } = await client.products.create(lamp);
  const misspelled = { price: 5, stock_quantitty: 1 };
  const fault = { name: 'ValidationError', errors: [{ field: 'stock_quantitty' }] };
  await expect(client.products.update(id, misspelled)).rejects.toMatchObject(fault);
  await expect(client.products.create({ ...product, ...misspelled })).rejects.toMatchObject(fault);
});

test('ifNoneMatch returns undefined while the product is unchanged', async () => {
  const { product, etag } = await client.products.withEtag.create(lamp);
  const call = client.products.get(product.id, { ifNoneMatch: etag });
  expect(await call.withResponse()).toMatchObject({ data: undefined, status: 304, attempts: 1 });
  await client.products.update(product.id, { price: 5 });
  expect(await client.products.get(product.id, { ifNoneMatch: etag })).toMatchObject({ price: 5 });
});

test('a loop over a list sorted by what it changes can collect first', async () => {
  const before = await client.products.list({ sort: 'price' }, { pageSize: 2 }).toArray();
  for (const { id, price } of before) {
    await client.products.update(id, { price: price + 1 });
  }
  const after = await collect(client.products.list({ sort: 'price' }));
  expect(after.map(({ price }) => price)).toEqual(before.map(({ price }) => price + 1));
});

test('a ValidationError lists every fault of a product', async () => {
  const faulty = { name: '', description: 'Bad product', price: -5, stock_quantity: -1 };
  await expect(client.products.create(faulty)).rejects.toMatchObject({
    name: 'ValidationError',
    errors: [
      { field: 'name', message: 'Value error, Product name must not be empty' },
      { field: 'price', message: 'Value error, Price must be greater than zero' },
      { field: 'stock_quantity', message: 'Value error, Stock quantity must not be negative' },
    ],
  });
});

test('the second of two changes with the same entity tag is refused', async () => {
  const { product, etag } = await client.products.withEtag.create(lamp);
  const read = await client.products.withEtag.get(product.id);
  expect(read).toMatchObject({ product, etag });

  const change = { stock_quantity: 2 };
  const next = await client.products.withEtag.update(product.id, change, { ifMatch: etag });
  expect(next.etag).not.toBe(etag);
  await expect(
    client.products.update(product.id, { stock_quantity: 1 }, { ifMatch: etag }),
  ).rejects.toMatchObject({ name: 'PreconditionFailedError' });
  await expect(client.products.delete(product.id, { ifMatch: etag })).rejects.toMatchObject({
    name: 'PreconditionFailedError',
  });
  await client.products.delete(product.id, { ifMatch: next.etag });
});

test('an adjustment returns the product, and an error says why the stock does not allow it', async () => {
  const { id } = await client.products.create(lamp);
  const other = await client.products.create({ ...lamp, stock_quantity: 5 });
  const sale = { reason: 'sale', reference: 'order-17' };
  expect(await client.products.adjustStock(id, -1)).toEqual({ id, ...lamp, stock_quantity: 2 });
  expect(await client.products.adjustStock(id, { delta: 7, expected: 2, ...sale })).toMatchObject({
    stock_quantity: 9,
  });
  const lines = [
    { product_id: other.id, delta: -5 },
    { product_id: id, delta: -9 },
  ];
  const adjusted = await client.stock.adjust(lines, sale);
  expect(adjusted.map((product) => [product.id, product.stock_quantity])).toEqual([
    [other.id, 0],
    [id, 0],
  ]);

  await expect(client.stock.adjust(lines)).rejects.toMatchObject({
    name: 'InsufficientStockError',
    shortages: [
      { product_id: other.id, requested: 5, available: 0 },
      { product_id: id, requested: 9, available: 0 },
    ],
  });
  await expect(client.products.adjustStock(id, { delta: 1, expected: 3 })).rejects.toMatchObject({
    name: 'StockChangedError',
    productId: id,
    available: 0,
  });
  await client.products.adjustStock(id, 1);
  await expect(client.products.adjustStock(id, Number.MAX_SAFE_INTEGER)).rejects.toMatchObject({
    name: 'StockOverflowError',
    productId: id,
    available: 1,
  });
  const unknown = [{ product_id: 'x', delta: 1 }, ...lines];
  await expect(client.stock.adjust(unknown)).rejects.toMatchObject({
    name: 'NotFoundError',
    productIds: ['x'],
  });
});

test('a ledger is read page by page, the newest change first', async () => {
  const { id } = await client.products.create(lamp);
  for (const delta of [1, 2, -4]) {
    await client.products.adjustStock(id, { delta, reason: `change of ${delta}` });
  }
  const ledger = await client.stock.ledger(id, { pageSize: 2 }).toArray();
  expect(
    ledger.map(({ delta, quantity_after, reason }) => [delta, quantity_after, reason]),
  ).toEqual([
    [-4, 2, 'change of -4'],
    [2, 6, 'change of 2'],
    [1, 4, 'change of 1'],
    [3, 3, null],
  ]);
  const page = await client.stock.ledgerPage(id, { limit: 3 }).withResponse();
  expect(page.data).toEqual({ items: ledger.slice(0, 3), next_cursor: expect.any(String) });
  const cursor = page.data.next_cursor ?? undefined;
  expect(await client.stock.ledgerPage(id, { cursor })).toEqual({
    items: ledger.slice(3),
    next_cursor: null,
  });
  const ifNoneMatch = page.headers.get('etag') ?? expect.unreachable();
  expect(await client.stock.ledgerPage(id, { limit: 3 }, { ifNoneMatch })).toBeUndefined();
  await expect(client.stock.ledger('x').toArray()).rejects.toMatchObject({ name: 'NotFoundError' });
});

test('a list returns all pages in order', async () => {
  const all = await collect(client.products.list({ sort: '-price' }));
  const paged = await collect(client.products.list({ sort: '-price' }, { pageSize: 2 }));
  expect(all.length).toBeGreaterThanOrEqual(5);
  expect(paged).toEqual(all);
  const prices = all.map(({ price }) => price);
  expect(prices).toEqual(prices.toSorted((a, b) => b - a));
});

test('a page has the requested number of products', async () => {
  const page = await client.products.listPage({ limit: 2, in_stock: true });
  expect(page).toMatchObject({ items: { length: 2 }, next_cursor: expect.any(String) });
});

test('a search finds products by words, across pages', async () => {
  const words = client.products.list({ q: 'wireless headph' });
  expect((await words.toArray()).map(({ name }) => name)).toEqual(['Wireless headphones']);
  const byPrice = client.products.list({ q: 'inch -tablet', sort: 'price' }, { pageSize: 1 });
  const names = (await byPrice.toArray()).map(({ name }) => name);
  expect(names.length).toBeGreaterThan(1);
  expect(names.join()).not.toContain('Tablet');
});

test('an invalid query is a ValidationError', async () => {
  await expect(client.products.listPage({ limit: 0 })).rejects.toMatchObject({
    name: 'ValidationError',
    errors: [{ field: 'limit' }],
  });
});

test.each(['a/b?x', '..', '.', '', 'no id'])('%j is not found', async (id) => {
  await expect(client.products.get(id)).rejects.toMatchObject({ name: 'NotFoundError' });
  await expect(client.products.delete(id)).rejects.toMatchObject({ name: 'NotFoundError' });
});

test('a wrong base URL is not reported as a missing product', async () => {
  const elsewhere = createClient({ baseUrl: `${api.baseUrl}/elsewhere` });
  await expect(elsewhere.products.get('1')).rejects.toMatchObject({ name: 'RequestRejectedError' });
});

test('a service without Redis is ready and says why it is degraded', async () => {
  expect(await client.health.live()).toEqual({ status: 'ok' });
  expect(await client.health.ready()).toEqual({
    status: 'degraded',
    database: 'ok',
    cache: 'bypassed',
    reasons: [expect.stringContaining('REDIS_URL')],
  });
});
