import { createClient } from '@product-api/client';
import { type RunningApi, startApi } from '@product-api/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RawRequest, send } from './raw-request.js';
import { mouse, UNKNOWN_ID } from './sample-product.js';

const ORIGIN = 'https://shop.example';

let api: RunningApi;
let id: string;

beforeAll(async () => {
  api = await startApi({ env: { CORS_ORIGINS: ORIGIN } });
  ({ id } = await createClient({ baseUrl: api.baseUrl }).products.create(mouse));
  await read({ path: `/products/${id}` });
});

afterAll(() => api.stop());

/** Reads, and returns the response without what differs between any two responses. */
async function read({ path, method, headers }: RawRequest) {
  const request = { path, headers: { Origin: ORIGIN, ...headers } };
  const response = await send(api.baseUrl, method === undefined ? request : { ...request, method });
  const { date: _date, 'x-request-id': _id, ...others } = response.headers;
  return { ...response, headers: others };
}

/** A GET of the usual path does not pass through Express's router; the other forms do. */
test.each([
  ['an upper-case id', (path: string) => path.replace(id, id.toUpperCase())],
  ['a trailing slash', (path: string) => `${path}/`],
  ['an encoded character', (path: string) => path.replace('-', '%2D')],
  ['an empty query', (path: string) => `${path}?`],
  ['an absolute URL', (path: string) => `${api.baseUrl}${path}`],
])('a read by %s has the same responses', async (_title, other) => {
  const usual = await read({ path: `/products/${id}` });
  expect(usual).toMatchObject({
    status: 200,
    headers: { 'x-cache': 'HIT', 'access-control-allow-origin': ORIGIN, vary: 'Origin' },
  });
  expect(await read({ path: other(`/products/${id}`) })).toEqual(usual);
  for (const headers of [
    { 'If-None-Match': String(usual.headers.etag) },
    { 'If-Match': '"another"' },
  ]) {
    const { status } = await read({ path: `/products/${id}`, headers });
    expect(await read({ path: other(`/products/${id}`), headers })).toMatchObject({ status });
    expect(status).toBeOneOf([304, 412]);
  }
});

test('HEAD has the headers of GET', async () => {
  const path = `/products/${id}`;
  const { headers } = await read({ path });
  expect(await read({ method: 'HEAD', path })).toEqual({ status: 200, headers, text: '' });
});

test('a miss is loaded, and an unknown product is a 404, each with the headers of all', async () => {
  const { id: uncached } = await createClient({ baseUrl: api.baseUrl }).products.create(mouse);
  const shared = { 'access-control-allow-origin': ORIGIN, 'x-frame-options': 'DENY' };
  const miss = await read({ path: `/products/${uncached}` });
  expect(miss).toMatchObject({ status: 200, headers: { ...shared, 'x-cache': 'MISS' } });
  for (const cache of ['MISS', 'HIT']) {
    const unknown = await read({ path: `/products/${UNKNOWN_ID}` });
    expect(unknown).toMatchObject({ status: 404, headers: { ...shared, 'x-cache': cache } });
  }
});
