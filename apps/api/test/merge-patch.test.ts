import { type Client, createClient } from '@product-api/client';
import { type RunningApi, startApi } from '@product-api/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { send } from './raw-request.js';
import { mouse } from './sample-product.js';

const MERGE_PATCH = 'application/merge-patch+json';
const ACCEPTED = `application/json, ${MERGE_PATCH}`;

let api: RunningApi;
let client: Client;

beforeAll(async () => {
  api = await startApi();
  client = createClient({ baseUrl: api.baseUrl });
});
afterAll(() => api.stop());

function change(method: string, id: string, body: object, headers: Record<string, string> = {}) {
  return send(api.baseUrl, {
    method,
    path: `/products/${id}`,
    headers: { 'Content-Type': MERGE_PATCH, ...headers },
    body: JSON.stringify(body),
  });
}

test.each([
  ['PATCH', MERGE_PATCH],
  ['PATCH', 'application/json'],
  ['PUT', MERGE_PATCH],
])('%s with %s changes the fields of the body alone', async (method, type) => {
  const { product, etag } = await client.products.withEtag.create(mouse);
  const headers = { 'Content-Type': type, 'If-Match': etag };
  const changed = await change(method, product.id, { price: 5 }, headers);
  expect(changed.status).toBe(200);
  expect(changed.text).toBe(JSON.stringify({ ...product, price: 5 }));
  const read = await client.products.withEtag.get(product.id);
  expect(read.etag).toBe(changed.headers.etag);
  expect((await change(method, product.id, { price: 6 }, headers)).status).toBe(412);
});

test.each(['PATCH', 'PUT'])('%s refuses null, as no field can be removed', async (method) => {
  const { id } = await client.products.create(mouse);
  const { status, text } = await change(method, id, { description: null, price: -1 });
  expect(status).toBe(400);
  expect(JSON.parse(text).errors).toEqual([
    {
      field: 'description',
      message: 'Input should not be null: a field cannot be removed; omit it to keep its value',
    },
    { field: 'price', message: 'Value error, Price must be greater than zero' },
  ]);
  expect(await client.products.get(id)).toEqual({ id, ...mouse });
});

test('a PATCH that prefers strict handling refuses unknown fields', async () => {
  const { id } = await client.products.create(mouse);
  const strict = { Prefer: 'handling=strict' };
  const refused = await change('PATCH', id, { price: 5, prize: 5 }, strict);
  expect([refused.status, refused.headers['preference-applied']]).toEqual([400, 'handling=strict']);
  expect((await change('PATCH', id, { price: 5, prize: 5 })).status).toBe(200);
});

test('the service says in which media types it takes a PATCH', async () => {
  const { id } = await client.products.create(mouse);
  const options = await send(api.baseUrl, { method: 'OPTIONS', path: `/products/${id}` });
  expect(options.headers['accept-patch']).toBe(ACCEPTED);
  const refused = await change('PATCH', id, {}, { 'Content-Type': 'application/json-patch+json' });
  expect([refused.status, refused.headers['accept-patch']]).toEqual([415, ACCEPTED]);
  expect(JSON.parse(refused.text).detail).toBe(
    `Content-Type should be application/json or ${MERGE_PATCH}`,
  );
});

test('a POST does not take a merge patch', async () => {
  const { status } = await send(api.baseUrl, {
    method: 'POST',
    path: '/products',
    headers: { 'Content-Type': MERGE_PATCH },
    body: JSON.stringify(mouse),
  });
  expect(status).toBe(415);
});
