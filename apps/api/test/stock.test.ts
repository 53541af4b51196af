import { type Client, createClient, type Product } from '@product-api/client';
import { type RunningApi, startApi } from '@product-api/testing';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { type RawResponse, send, sendJson } from './raw-request.js';
import { mouse, UNKNOWN_ID } from './sample-product.js';

let api: RunningApi;
let client: Client;

beforeAll(async () => {
  api = await startApi();
  client = createClient({ baseUrl: api.baseUrl });
});
afterAll(() => api?.stop());

const create = (stock_quantity = 100) => client.products.create({ ...mouse, stock_quantity });
const post = (path: string, body: unknown) =>
  sendJson(api.baseUrl, 'POST', path, JSON.stringify(body));
const adjust = (id: string, body: unknown) => post(`/products/${id}/stock-adjustments`, body);
const adjustMany = (...lines: unknown[]) => post('/stock-adjustments', { lines });
const line = ({ id }: Product, delta: number, expected?: number) => {
  return { product_id: id, delta, expected };
};
const quantityOf = async ({ id }: Product) => (await client.products.get(id)).stock_quantity;

/** Returns the problem of a response without what every problem document has. */
function problemOf({ status, text, headers }: RawResponse) {
  expect(headers['content-type']).toBe('application/problem+json');
  const { type, title, detail, request_id, ...fields } = JSON.parse(text);
  expect(fields.status).toBe(status);
  return { kind: type.replace('urn:product-api:problem:', ''), ...fields };
}

test('the response is the product after the adjustment, with its entity tag', async () => {
  const product = await create();
  const response = await adjust(product.id.toUpperCase(), { delta: -2 });
  expect(response.status).toBe(200);
  expect(response.text).toBe(JSON.stringify({ ...product, stock_quantity: 98 }));
  const read = await send(api.baseUrl, { path: `/products/${product.id}` });
  expect(read.headers.etag).toBe(response.headers.etag);
});

test('a cached product has the new quantity directly after the response', async () => {
  const product = await create(0);
  const cached = async () => (await client.products.withEtag.get(product.id)).cache;
  for (let quantity = 1; quantity <= 20; quantity++) {
    await cached();
    expect(await cached()).toBe('HIT');
    await client.products.adjustStock(product.id, 1);
    expect(await quantityOf(product)).toBe(quantity);
  }
});

test('an adjustment that would take more than there is changes nothing', async () => {
  const product = await create(3);
  const response = await adjust(product.id, { delta: -4 });
  expect(problemOf(response)).toEqual({
    kind: 'insufficient-stock',
    status: 409,
    shortages: [{ product_id: product.id, requested: 4, available: 3 }],
  });
  expect(await quantityOf(product)).toBe(3);
});

test('an adjustment with another expected quantity changes nothing', async () => {
  const product = await create(3);
  const response = await adjust(product.id, { delta: -1, expected: 4 });
  const refusal = { kind: 'stock-changed', status: 409, product_id: product.id, available: 3 };
  expect(problemOf(response)).toEqual(refusal);
  expect((await adjust(product.id, { delta: -1, expected: 3 })).status).toBe(200);
  expect(problemOf(await adjust(product.id, { delta: -9, expected: 3 }))).toEqual({
    ...refusal,
    available: 2,
  });
});

test('a quantity reaches 2^53 − 1 and not one more', async () => {
  const product = await create(1);
  const most = Number.MAX_SAFE_INTEGER;
  expect((await adjust(product.id, { delta: most - 1 })).status).toBe(200);
  expect(problemOf(await adjust(product.id, { delta: 1 }))).toEqual({
    kind: 'stock-overflow',
    status: 409,
    product_id: product.id,
    available: most,
  });
  expect((await adjust(product.id, { delta: -most })).status).toBe(200);
  expect(await quantityOf(product)).toBe(0);
});

test('several products are adjusted together, each in the response once', async () => {
  const [first, second] = [await create(5), await create(6)];
  const response = await adjustMany(line(first, -2, 5), line(second, 1), line(first, -3, 5));
  expect(response.status).toBe(200);
  expect(JSON.parse(response.text)).toEqual({
    products: [
      { ...first, stock_quantity: 0 },
      { ...second, stock_quantity: 7 },
    ],
  });
  const { items } = JSON.parse(
    (await send(api.baseUrl, { path: `/products/${first.id}/stock-adjustments` })).text,
  );
  expect(items).toMatchObject([{ delta: -5 }, { delta: 5 }]);
});

test('one line that is refused refuses all, and every shortage is named', async () => {
  const [first, second, third] = [await create(1), await create(2), await create(3)];
  const response = await adjustMany(line(first, -1), line(second, -3), line(third, -4));
  expect(problemOf(response)).toMatchObject({
    shortages: [
      { product_id: second.id, requested: 3, available: 2 },
      { product_id: third.id, requested: 4, available: 3 },
    ],
  });
  expect(problemOf(await adjustMany(line(first, -1), line(second, 1, 5)))).toMatchObject({
    kind: 'stock-changed',
    product_id: second.id,
  });
  const quantities = await Promise.all([first, second, third].map(quantityOf));
  expect(quantities).toEqual([1, 2, 3]);
  for (const { id } of [first, second, third]) {
    expect(await client.stock.ledger(id).toArray()).toEqual([]);
  }
});

test('lines that cancel each other out are exact, and write nothing', async () => {
  const product = await create(1);
  const most = Number.MAX_SAFE_INTEGER;
  const lines = [most, most, -1, -most, -most, 1].map((delta) => line(product, delta));
  expect((await adjustMany(...lines)).status).toBe(200);
  expect(await client.stock.ledger(product.id).toArray()).toEqual([]);
});

test('more pieces than a JSON number is exact for are a shortage, too', async () => {
  const product = await create(1);
  const most = Number.MAX_SAFE_INTEGER;
  const response = await adjustMany(line(product, -most), line(product, -most));
  expect(problemOf(response)).toMatchObject({
    kind: 'insufficient-stock',
    shortages: [{ product_id: product.id, requested: most, available: 1 }],
  });
});

test('every unknown product is named', async () => {
  const product = await create(1);
  const unknown = { product_id: UNKNOWN_ID, delta: 1 };
  const response = await adjustMany(line(product, 1), unknown, { ...unknown, product_id: 'x' });
  expect(problemOf(response)).toEqual({
    kind: 'product-not-found',
    status: 404,
    product_ids: [UNKNOWN_ID, 'x'],
  });
  expect(JSON.parse(response.text).detail).toContain(UNKNOWN_ID);
  for (const id of [UNKNOWN_ID, 'x']) {
    expect(problemOf(await adjust(id, { delta: 1 }))).toMatchObject({ product_ids: [id] });
    const ledger = await send(api.baseUrl, { path: `/products/${id}/stock-adjustments` });
    expect(ledger.status).toBe(404);
  }
});

test('an invalid body is refused with every fault', async () => {
  const product = await create();
  const faultsOf = (response: RawResponse) => {
    expect(response.status).toBe(400);
    return JSON.parse(response.text).errors;
  };
  const texts = { reason: 'x'.repeat(101), reference: '💡'.repeat(201) };
  expect(faultsOf(await adjust(product.id, { delta: 0, expected: -1, ...texts }))).toEqual([
    { field: 'delta', message: 'Value error, Delta must not be zero' },
    { field: 'expected', message: 'Value error, Expected quantity must not be negative' },
    { field: 'reason', message: 'String should have at most 100 characters' },
    { field: 'reference', message: 'String should have at most 200 characters' },
  ]);
  expect(faultsOf(await adjust(product.id, { delta: 2 ** 53 }))).toMatchObject([
    { field: 'delta' },
  ]);
  expect(faultsOf(await adjustMany())).toEqual([
    { field: 'lines', message: 'List should have at least 1 item' },
  ]);
  const many = Array.from({ length: 101 }, () => line(product, 1));
  expect(faultsOf(await adjustMany(...many))).toEqual([
    { field: 'lines', message: 'List should have at most 100 items' },
  ]);
  expect(faultsOf(await adjustMany(line(product, 1), { delta: 0.5 }))).toEqual([
    { field: 'lines.1.product_id', message: 'Field required' },
    { field: 'lines.1.delta', message: 'Input should be a valid integer' },
  ]);
});

test('with strict handling, a misspelled field of a line is refused', async () => {
  const product = await create();
  const misspelled = [{ product_id: product.id, delta: 1, expectd: 100 }];
  expect((await adjustMany(...misspelled)).status).toBe(200);
  const refused = await send(api.baseUrl, {
    method: 'POST',
    path: '/stock-adjustments',
    headers: { 'Content-Type': 'application/json', Prefer: 'handling=strict' },
    body: JSON.stringify({ lines: misspelled }),
  });
  expect(problemOf(refused)).toMatchObject({
    errors: [{ field: 'lines.0.expectd', message: 'Unknown field; did you mean expected?' }],
  });
});

test('a ledger has every change of the stock, and outlives its product', async () => {
  const product = await create();
  await client.products.update(product.id, { price: 5 });
  await client.products.adjustStock(product.id, { delta: -2, reason: 'sale', reference: '17' });
  await client.products.update(product.id, { stock_quantity: 50 });
  await client.products.adjustStock(product.id, 5);
  await client.products.delete(product.id);
  const ledger = await client.stock.ledger(product.id, { pageSize: 2 }).toArray();
  const other = { reason: null, reference: null };
  const at = expect.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);
  expect(ledger).toEqual([
    { delta: -55, quantity_after: 0, ...other, at },
    { delta: 5, quantity_after: 55, ...other, at },
    { delta: -48, quantity_after: 50, ...other, at },
    { delta: -2, quantity_after: 98, reason: 'sale', reference: '17', at },
    { delta: 100, quantity_after: 100, ...other, at },
  ]);
});

test('a page of a ledger links to the next one', async () => {
  const { id } = await create();
  await client.products.adjustStock(id, 1);
  const path = `/products/${id}/stock-adjustments`;
  const { headers } = await send(api.baseUrl, { path: `${path}?limit=1` });
  const [, next = ''] = /^<([^>]+)>; rel="next"$/.exec(String(headers['link'])) ?? [];
  const last = await send(api.baseUrl, { path: path + next });
  expect(JSON.parse(last.text)).toMatchObject({ items: [{ delta: 100 }], next_cursor: null });
  expect(last.headers).not.toHaveProperty('link');
});

test('a page of a ledger has an entity tag, and refuses a cursor of another list', async () => {
  const { id } = await create();
  await client.products.adjustStock(id, 1);
  const path = `/products/${id}/stock-adjustments`;
  const { headers } = await send(api.baseUrl, { path });
  const again = (headers: Record<string, string>) => send(api.baseUrl, { path, headers });
  expect((await again({ 'If-None-Match': String(headers.etag) })).status).toBe(304);
  expect((await again({ 'If-Match': '"other"' })).status).toBe(412);
  const { next_cursor } = await client.products.listPage({ limit: 1 });
  const refused = await send(api.baseUrl, { path: `${path}?cursor=${next_cursor}` });
  expect(problemOf(refused)).toMatchObject({ status: 400, errors: [{ field: 'cursor' }] });
});

test('a service that is set so refuses an adjustment without an idempotency key', async () => {
  const strict = await startApi({ env: { REQUIRE_IDEMPOTENCY: 'stock' } });
  onTestFinished(() => strict.stop());
  const { products, stock } = createClient({ baseUrl: strict.baseUrl });
  const product = await products.create({ ...mouse, stock_quantity: 3 });
  const path = `/products/${product.id}`;
  const requests = [
    sendJson(strict.baseUrl, 'POST', `${path}/stock-adjustments`, '{"delta":-1}'),
    sendJson(strict.baseUrl, 'POST', '/stock-adjustments', JSON.stringify({ lines: [] })),
  ];
  for (const response of await Promise.all(requests)) {
    expect(problemOf(response)).toMatchObject({
      kind: 'idempotency-key-missing',
      status: 400,
      errors: [{ field: 'idempotency-key', message: 'Field required' }],
    });
  }
  expect((await sendJson(strict.baseUrl, 'PUT', path, '{"price":1}')).status).toBe(200);
  expect((await products.adjustStock(product.id, -1)).stock_quantity).toBe(2);
  await stock.adjust([{ product_id: product.id, delta: -1 }]);
});
