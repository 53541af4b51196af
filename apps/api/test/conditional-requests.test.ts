import { createClient, PreconditionFailedError } from '@product-api/client';
import { type RunningApi, startApi } from '@product-api/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { send, sendJson } from './raw-request.js';
import { mouse, unknownId } from './sample-product.js';

let api: RunningApi;
const products = () => createClient({ baseUrl: api.baseUrl }).products;

beforeAll(async () => {
  api = await startApi({ env: { REDIS_URL: '' } });
});

afterAll(() => api.stop());

test('create, miss, hit and update agree on the entity tag', async () => {
  const created = await products().withEtag.create(mouse);
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
  const { product, etag } = await products().withEtag.create(mouse);
  const updated = await products().withEtag.update(product.id, { price: 1 });
  expect(updated.etag).not.toBe(etag);
});

test('a client that has the representation gets 304, on a miss and on a hit', async () => {
  const { product, etag } = await products().withEtag.create(mouse);
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
  const { product, etag } = await products().withEtag.create(mouse);
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
  const { product, etag } = await products().withEtag.create(mouse);
  const edits = Array.from({ length: 20 }, (_, stock) =>
    products().update(product.id, { stock_quantity: stock + 1000 }, { ifMatch: etag }),
  );
  const outcomes = await Promise.allSettled(edits);
  const won = outcomes.filter((outcome) => outcome.status === 'fulfilled');
  expect(won).toHaveLength(1);
  expect(await products().get(product.id)).toEqual(won[0]?.value);
});

test('a precondition that holds lets the change through', async () => {
  const { product, etag } = await products().withEtag.create(mouse);
  const updated = await products().withEtag.update(product.id, { price: 3 }, { ifMatch: etag });
  await products().delete(product.id, { ifMatch: `"other", ${updated.etag}` });
});

/** Creates a product and sends a change of it with conditional headers. */
async function change(method: 'PUT' | 'DELETE', headersOf: (tag: string) => object) {
  const { product, etag } = await products().withEtag.create(mouse);
  const path = `/products/${product.id}`;
  const headers = { 'Content-Type': 'application/json', ...headersOf(etag.slice(1, -1)) };
  const body = method === 'PUT' ? '{"price":1}' : '';
  const { status, text } = await send(api.baseUrl, { method, path, headers, body });
  const isChanged = (await send(api.baseUrl, { path })).headers.etag !== etag;
  return { status, detail: text && JSON.parse(text).detail, isChanged };
}

const matching = (value: (tag: string) => string) => (tag: string) => ({ 'If-Match': value(tag) });
const noneMatching = (value: (tag: string) => string) => (tag: string) => ({
  'If-None-Match': value(tag),
});

test.each([
  ['a star', matching(() => '*')],
  ['the tag', matching((tag) => `"${tag}"`)],
  ['the tag as nginx weakens it', matching((tag) => `W/"${tag}"`)],
  ['the tag as Apache marks it', matching((tag) => `"${tag}-gzip"`)],
  ['a list', matching((tag) => `"other" , W/"third",,\t"${tag}"`)],
  ['a list in which tags have commas', matching((tag) => `"a,b", ",", "${tag}", "c, d"`)],
  ['none of other tags', noneMatching(() => '"other", "a,b"')],
  ['none of a tag that is part of another', noneMatching((tag) => `"x${tag}"`)],
  ['the tag, and none of another', (tag) => ({ 'If-Match': `"${tag}"`, 'If-None-Match': '"x"' })],
])('a change is made on condition of %s', async (_title, headersOf) => {
  expect(await change('PUT', headersOf)).toMatchObject({ status: 200, isChanged: true });
  expect(await change('DELETE', headersOf)).toMatchObject({ status: 204, isChanged: true });
});

const hasChanged = 'The product has changed since it was read';
const quotes = 'If-Match should be * or a list of entity tags with quotes, as in the ETag header';

test.each([
  ['another tag', matching(() => '"other"'), hasChanged],
  ['the tag within a longer one', matching((tag) => `"x,${tag},y"`), hasChanged],
  ['the tag in capitals', matching((tag) => `"${tag.toUpperCase()}-"`), hasChanged],
  ['the tag without quotes', matching((tag) => tag), quotes],
  ['a list of which one has no quotes', matching((tag) => `"${tag}", other`), quotes],
  ['a star in a list', matching((tag) => `*, "${tag}"`), quotes],
  ['a lower-case weakness', matching((tag) => `w/"${tag}"`), quotes],
  ['an open quote', matching((tag) => `"${tag}`), quotes],
  ['no tag', matching(() => ''), 'If-Match names no entity tag'],
  ['commas alone', matching(() => ', ,'), 'If-Match names no entity tag'],
  [
    'that there is no such product',
    noneMatching(() => '*'),
    'If-None-Match is *, and the product exists',
  ],
  [
    'another tag than the current one',
    noneMatching((tag) => `"other", W/"${tag}"`),
    'If-None-Match names the entity tag that the product has now',
  ],
  ['what is not a list', noneMatching((tag) => tag), quotes.replace('If-Match', 'If-None-Match')],
  [
    'both',
    (tag) => ({ 'If-Match': `"${tag}"`, 'If-None-Match': '*' }),
    'If-None-Match is *, and the product exists',
  ],
])('a change is not made on condition of %s', async (_title, headersOf, detail) => {
  expect(await change('PUT', headersOf)).toEqual({ status: 412, detail, isChanged: false });
  expect(await change('DELETE', headersOf)).toEqual({ status: 412, detail, isChanged: false });
});

test('a read with If-Match is answered while that holds, from database and cache', async () => {
  const { product, etag } = await products().withEtag.create(mouse);
  const path = `/products/${product.id}`;
  const read = async (header: string) =>
    (await send(api.baseUrl, { path, headers: { 'If-Match': header } })).status;
  expect(await read('"other"')).toBe(412);
  expect([await read(etag), await read(`W/${etag}`), await read('*')]).toEqual([200, 200, 200]);
  expect([await read('"other"'), await read('other'), await read('')]).toEqual([412, 412, 412]);
  const list = await send(api.baseUrl, { path: '/products', headers: { 'If-Match': '"other"' } });
  expect(list.status).toBe(412);
});

test('a create selects no representation, so that it has no precondition', async () => {
  const headers = { 'Content-Type': 'application/json', 'If-Match': '"x"', 'If-None-Match': '*' };
  const body = JSON.stringify(mouse);
  const request = { method: 'POST', path: '/products', headers, body };
  expect((await send(api.baseUrl, request)).status).toBe(201);
});

test('of 200 updates at once that change nothing, all are made on condition of the tag', async () => {
  const { product, etag } = await products().withEtag.create(mouse);
  const edits = Array.from({ length: 200 }, () =>
    products().update(product.id, { price: mouse.price }, { ifMatch: etag }),
  );
  const outcomes = await Promise.allSettled(edits);
  expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual([]);
});

test('of 200 different updates at once, all are made on condition of a star', async () => {
  const { product } = await products().withEtag.create(mouse);
  const edits = Array.from({ length: 200 }, (_, stock) =>
    products().update(product.id, { stock_quantity: stock }, { ifMatch: '*' }),
  );
  const outcomes = await Promise.allSettled(edits);
  expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual([]);
});

test('a conditional update among 100 others fails only where the product has changed', async () => {
  const { product, etag } = await products().withEtag.create(mouse);
  const unconditional = Array.from({ length: 100 }, () =>
    products().update(product.id, { price: mouse.price }),
  );
  const conditional = Array.from({ length: 10 }, () =>
    products().update(product.id, { name: mouse.name }, { ifMatch: etag }),
  );
  const outcomes = await Promise.allSettled([...unconditional, ...conditional]);
  expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual([]);
});

test('what does not exist is 404, whatever the precondition', async () => {
  const path = `/products/${unknownId}`;
  for (const headers of [{ 'If-Match': '"x"' }, { 'If-Match': '*' }, { 'If-None-Match': '*' }]) {
    const answer = await send(api.baseUrl, { method: 'DELETE', path, headers });
    expect(answer.status).toBe(404);
  }
});
