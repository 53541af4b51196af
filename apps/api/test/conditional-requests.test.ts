import { createClient, PreconditionFailedError } from '@product-api/client';
import { type RunningApi, startApi } from '@product-api/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { send, sendJson } from './raw-request.js';
import { MOUSE, UNKNOWN_ID } from './sample-product.js';

let api: RunningApi;
const products = () => createClient({ baseUrl: api.baseUrl }).products;

beforeAll(async () => {
  api = await startApi({ env: { REDIS_URL: '' } });
});

afterAll(() => api.stop());

test('create, miss, hit and update agree on the entity tag', async () => {
  const created = await products().withEtag.create(MOUSE);
  const path = `/products/${created.product.id}`;
  const miss = await send(api.baseUrl, { path });
  const hit = await send(api.baseUrl, { path });
  const updated = await sendJson(api.baseUrl, 'PUT', path, '{}');
  expect([miss, hit].map(({ headers }) => headers['x-cache'])).toEqual(['MISS', 'HIT']);
  expect([miss, hit, updated].map(({ headers }) => headers.etag)).toEqual([
    created.etag,
    created.etag,
    created.etag,
  ]);
});

test('an entity tag changes with the product', async () => {
  const { product, etag } = await products().withEtag.create(MOUSE);
  const updated = await products().withEtag.update(product.id, { price: 1 });
  expect(updated.etag).not.toBe(etag);
});

test('a client that has the representation gets 304, on a miss and on a hit', async () => {
  const { product, etag } = await products().withEtag.create(MOUSE);
  const path = `/products/${product.id}`;
  const outcomes = [];
  for (const tags of [etag, etag, `"other", ${etag}`, `W/${etag}`, '*', '"other"']) {
    const answer = await send(api.baseUrl, { path, headers: { 'If-None-Match': tags } });
    expect(answer.headers.etag).toBe(etag);
    outcomes.push(`${answer.headers['x-cache']} ${answer.status}`);
  }
  expect(outcomes).toEqual(['MISS 304', 'HIT 304', 'HIT 304', 'HIT 304', 'HIT 304', 'HIT 200']);
});

test('a list has an entity tag too', async () => {
  const first = await send(api.baseUrl, { path: '/products?limit=1' });
  const headers = { 'If-None-Match': String(first.headers.etag) };
  expect((await send(api.baseUrl, { path: '/products?limit=1', headers })).status).toBe(304);
});

test('of two editors with the same entity tag the second is refused', async () => {
  const { product, etag } = await products().withEtag.create(MOUSE);
  const first = await products().update(product.id, { price: 1 }, { ifMatch: etag });
  await expect(products().update(product.id, { price: 2 }, { ifMatch: etag })).rejects.toThrow(
    PreconditionFailedError,
  );
  await expect(products().delete(product.id, { ifMatch: etag })).rejects.toThrow(
    PreconditionFailedError,
  );
  expect(await products().get(product.id)).toEqual(first);
});

test('of many editors at once exactly one wins', async () => {
  const { product, etag } = await products().withEtag.create(MOUSE);
  const edits = Array.from({ length: 20 }, (_, stock) =>
    products().update(product.id, { stock_quantity: stock + 1000 }, { ifMatch: etag }),
  );
  const outcomes = await Promise.allSettled(edits);
  const won = outcomes.filter((outcome) => outcome.status === 'fulfilled');
  expect(won).toHaveLength(1);
  expect(await products().get(product.id)).toEqual(won[0]?.value);
});

test('a precondition that holds lets the change through', async () => {
  const { product, etag } = await products().withEtag.create(MOUSE);
  const updated = await products().withEtag.update(product.id, { price: 3 }, { ifMatch: etag });
  await products().delete(product.id, { ifMatch: `"other", ${updated.etag}` });
});

test('a weak entity tag never matches for a change; the star matches any', async () => {
  const { product, etag } = await products().withEtag.create(MOUSE);
  await expect(products().delete(product.id, { ifMatch: `W/${etag}` })).rejects.toThrow(
    PreconditionFailedError,
  );
  await products().delete(product.id, { ifMatch: '*' });
});

test('what does not exist is 404, whatever the precondition', async () => {
  const answer = await send(api.baseUrl, {
    method: 'DELETE',
    path: `/products/${UNKNOWN_ID}`,
    headers: { 'If-Match': '"x"' },
  });
  expect(answer.status).toBe(404);
});
