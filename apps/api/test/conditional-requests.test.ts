import { createClient, PreconditionFailedError } from '@product-api/client';
import { type RunningApi, startApi } from '@product-api/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { send, sendJson } from './raw-request.js';
import { mouse, UNKNOWN_ID } from './sample-product.js';

let api: RunningApi;
const products = () => createClient({ baseUrl: api.baseUrl }).products;

beforeAll(async () => {
  api = await startApi();
});

afterAll(() => api.stop());

test('a create, a miss, a hit and an update return the same entity tag', async () => {
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

test('a read with a matching If-None-Match is a 304, on a miss and on a hit', async () => {
  const { product, etag } = await products().withEtag.create(mouse);
  const path = `/products/${product.id}`;
  const outcomes = [];
  for (const tags of [etag, etag, `"other", ${etag}`, `W/${etag}`, '*', '"other"']) {
    const response = await send(api.baseUrl, { path, headers: { 'If-None-Match': tags } });
    expect(response.headers.etag).toBe(etag);
    outcomes.push(`${response.headers['x-cache']} ${response.status}`);
  }
  expect(outcomes).toEqual(['MISS 304', 'HIT 304', 'HIT 304', 'HIT 304', 'HIT 304', 'HIT 200']);
});

test('a fetch gets a 304, although it adds no-cache to If-None-Match', async () => {
  const { product, etag } = await products().withEtag.create(mouse);
  const url = `${api.baseUrl}/products/${product.id}`;
  const page = await fetch(`${api.baseUrl}/products?limit=1`);
  const pageTag = String(page.headers.get('etag'));
  const requests: [string, string][] = [
    [url, etag],
    [url, etag],
    [page.url, pageTag],
  ];
  const statuses = [];
  for (const [address, tag] of requests) {
    statuses.push((await fetch(address, { headers: { 'If-None-Match': tag } })).status);
  }
  expect(statuses).toEqual([304, 304, 304]);
});

test('a list has an entity tag', async () => {
  const first = await send(api.baseUrl, { path: '/products?limit=1' });
  const headers = { 'If-None-Match': String(first.headers.etag) };
  expect((await send(api.baseUrl, { path: '/products?limit=1', headers })).status).toBe(304);
});

test('the second of two changes with the same entity tag is refused', async () => {
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

test('exactly one of many concurrent changes with the same entity tag succeeds', async () => {
  const { product, etag } = await products().withEtag.create(mouse);
  const edits = Array.from({ length: 20 }, (_, stock) =>
    products().update(product.id, { stock_quantity: stock + 1000 }, { ifMatch: etag }),
  );
  const outcomes = await Promise.allSettled(edits);
  const won = outcomes.filter((outcome) => outcome.status === 'fulfilled');
  expect(won).toHaveLength(1);
  expect(await products().get(product.id)).toEqual(won[0]?.value);
});

test('a change with a fulfilled precondition is made', async () => {
  const { product, etag } = await products().withEtag.create(mouse);
  const updated = await products().withEtag.update(product.id, { price: 3 }, { ifMatch: etag });
  await products().delete(product.id, { ifMatch: `"other", ${updated.etag}` });
});

/** Creates a product, and changes it with conditional headers. */
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
  ['*', matching(() => '*')],
  ['the tag', matching((tag) => `"${tag}"`)],
  ['the tag weakened by nginx', matching((tag) => `W/"${tag}"`)],
  ['the tag marked by Apache', matching((tag) => `"${tag}-gzip"`)],
  ['a list', matching((tag) => `"other" , W/"third",,\t"${tag}"`)],
  ['a list of tags with commas', matching((tag) => `"a,b", ",", "${tag}", "c, d"`)],
  ['no match of other tags', noneMatching(() => '"other", "a,b"')],
  ['no match of a tag that contains the tag', noneMatching((tag) => `"x${tag}"`)],
  [
    'the tag, and no match of another',
    (tag) => ({ 'If-Match': `"${tag}"`, 'If-None-Match': '"x"' }),
  ],
])('a change is made if the condition is %s', async (_title, headersOf) => {
  expect(await change('PUT', headersOf)).toMatchObject({ status: 200, isChanged: true });
  expect(await change('DELETE', headersOf)).toMatchObject({ status: 204, isChanged: true });
});

const HAS_CHANGED = 'The product has changed since it was read';
const QUOTES = 'If-Match should be * or a list of entity tags with quotes, as in the ETag header';

test.each([
  ['another tag', matching(() => '"other"'), HAS_CHANGED],
  ['the tag within a longer one', matching((tag) => `"x,${tag},y"`), HAS_CHANGED],
  ['the tag in capitals', matching((tag) => `"${tag.toUpperCase()}-"`), HAS_CHANGED],
  ['the tag without quotes', matching((tag) => tag), QUOTES],
  ['a list with a tag without quotes', matching((tag) => `"${tag}", other`), QUOTES],
  ['* in a list', matching((tag) => `*, "${tag}"`), QUOTES],
  ['a lower-case w/', matching((tag) => `w/"${tag}"`), QUOTES],
  ['a missing quote', matching((tag) => `"${tag}`), QUOTES],
  ['no tag', matching(() => ''), 'If-Match names no entity tag'],
  ['only commas', matching(() => ', ,'), 'If-Match names no entity tag'],
  [
    'that the product does not exist',
    noneMatching(() => '*'),
    'If-None-Match is *, and the product exists',
  ],
  [
    'no match of the tag',
    noneMatching((tag) => `"other", W/"${tag}"`),
    'If-None-Match names the entity tag that the product has now',
  ],
  ['an invalid list', noneMatching((tag) => tag), QUOTES.replace('If-Match', 'If-None-Match')],
  [
    'both',
    (tag) => ({ 'If-Match': `"${tag}"`, 'If-None-Match': '*' }),
    'If-None-Match is *, and the product exists',
  ],
])('a change is not made if the condition is %s', async (_title, headersOf, detail) => {
  expect(await change('PUT', headersOf)).toEqual({ status: 412, detail, isChanged: false });
  expect(await change('DELETE', headersOf)).toEqual({ status: 412, detail, isChanged: false });
});

test('a read with If-Match is a 412 unless it matches, on a miss and on a hit', async () => {
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

test('a create ignores preconditions, as it has no current representation', async () => {
  const headers = { 'Content-Type': 'application/json', 'If-Match': '"x"', 'If-None-Match': '*' };
  const body = JSON.stringify(mouse);
  const request = { method: 'POST', path: '/products', headers, body };
  expect((await send(api.baseUrl, request)).status).toBe(201);
});

test('200 concurrent updates without a change succeed with the same entity tag', async () => {
  const { product, etag } = await products().withEtag.create(mouse);
  const edits = Array.from({ length: 200 }, () =>
    products().update(product.id, { price: mouse.price }, { ifMatch: etag }),
  );
  const outcomes = await Promise.allSettled(edits);
  expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual([]);
});

test('200 concurrent different updates succeed with If-Match: *', async () => {
  const { product } = await products().withEtag.create(mouse);
  const edits = Array.from({ length: 200 }, (_, stock) =>
    products().update(product.id, { stock_quantity: stock }, { ifMatch: '*' }),
  );
  const outcomes = await Promise.allSettled(edits);
  expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual([]);
});

test('a conditional update among 100 others fails only if the product has changed', async () => {
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

test('an unknown product is a 404, whatever the precondition', async () => {
  const path = `/products/${UNKNOWN_ID}`;
  for (const headers of [{ 'If-Match': '"x"' }, { 'If-Match': '*' }, { 'If-None-Match': '*' }]) {
    const response = await send(api.baseUrl, { method: 'DELETE', path, headers });
    expect(response.status).toBe(404);
  }
});
