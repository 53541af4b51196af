import { type RunningApi, startApi } from '@product-api/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RawRequest, send } from './raw-request.js';
import { mouse, UNKNOWN_ID } from './sample-product.js';

const ORIGIN = 'https://shop.example';
const EXPOSED_HEADERS =
  'ETag,Location,Link,Retry-After,X-Cache,X-Search,Changes-Cursor,X-Request-Id,Allow,Accept,Accept-Patch,Preference-Applied,Idempotent-Replayed,WWW-Authenticate,RateLimit,RateLimit-Policy';

let api: RunningApi;

async function start(CORS_ORIGINS: string) {
  api = await startApi({ env: { CORS_ORIGINS } });
}

const preflight = (path: string, method: string, headers = {}): RawRequest => ({
  method: 'OPTIONS',
  path,
  headers: { Origin: ORIGIN, 'Access-Control-Request-Method': method, ...headers },
});

/** Returns the names of the CORS headers among a response's headers. */
function crossOriginHeaders(headers: object): string[] {
  return Object.keys(headers).filter((name) => name.startsWith('access-control-'));
}

describe('by default', () => {
  beforeAll(() => start(''));
  afterAll(() => api.stop());

  test('no other origin has access', async () => {
    const simple = await send(api.baseUrl, { path: '/products', headers: { Origin: ORIGIN } });
    const preflighted = await send(api.baseUrl, preflight('/products', 'POST'));
    expect(crossOriginHeaders({ ...simple.headers, ...preflighted.headers })).toEqual([]);
    expect(preflighted).toMatchObject({
      status: 204,
      headers: { allow: 'GET, HEAD, OPTIONS, POST' },
    });
  });
});

describe('with a list of origins', () => {
  beforeAll(() => start(`https://other.example, HTTPS://Shop.Example:443/`));
  afterAll(() => api.stop());

  test('a listed origin has access, and can read the relevant headers', async () => {
    const { headers } = await send(api.baseUrl, { path: '/products', headers: { Origin: ORIGIN } });
    expect(headers).toMatchObject({
      'access-control-allow-origin': ORIGIN,
      'access-control-expose-headers': EXPOSED_HEADERS,
      vary: 'Origin',
    });
  });

  test('other origins have no access, and caches store their responses separately', async () => {
    for (const origin of ['https://shop.example.evil', 'http://shop.example', 'null']) {
      for (const request of [
        { path: '/products', headers: { Origin: origin } },
        preflight('/products', 'POST', { Origin: origin }),
      ]) {
        const { headers } = await send(api.baseUrl, request);
        expect(crossOriginHeaders(headers)).toEqual([]);
        expect(headers.vary).toBe('Origin');
      }
    }
    expect((await send(api.baseUrl, { path: '/products' })).headers.vary).toBe('Origin');
  });

  test.each([
    ['/products', 'POST', 'GET, HEAD, OPTIONS, POST'],
    ['/products/', 'POST', 'GET, HEAD, OPTIONS, POST'],
    [`/products/${UNKNOWN_ID}`, 'PUT', 'DELETE, GET, HEAD, OPTIONS, PATCH, PUT'],
    [`/products/${UNKNOWN_ID}`, 'PATCH', 'DELETE, GET, HEAD, OPTIONS, PATCH, PUT'],
    ['/health/ready', 'GET', 'GET, HEAD, OPTIONS'],
    ['/openapi.json', 'GET', 'GET, HEAD, OPTIONS'],
    ['/docs/', 'GET', 'GET, HEAD, OPTIONS'],
    ['/metrics', 'GET', 'GET, HEAD, OPTIONS'],
  ])('a preflight of %s for %s lists the methods of the route', async (path, method, allow) => {
    const names = { 'Access-Control-Request-Headers': 'content-type,if-match' };
    const { status, headers, text } = await send(api.baseUrl, preflight(path, method, names));
    expect([status, text]).toEqual([204, '']);
    expect(headers).toMatchObject({
      allow,
      'access-control-allow-methods': allow,
      'access-control-allow-origin': ORIGIN,
      'access-control-allow-headers': 'content-type,if-match',
      'access-control-max-age': '600',
      vary: 'Origin, Access-Control-Request-Headers',
    });
  });

  test('a preflight of an unknown path is a 404', async () => {
    for (const path of ['/nothing', '/docs/nothing', '/products/x/y']) {
      const { status, headers } = await send(api.baseUrl, preflight(path, 'PUT'));
      expect(status).toBe(404);
      expect(headers).toMatchObject({
        'content-type': 'application/problem+json',
        'access-control-allow-origin': ORIGIN,
      });
    }
  });

  test('OPTIONS that is not a preflight has Allow', async () => {
    const request = { method: 'OPTIONS', path: '/products' };
    const plain = await send(api.baseUrl, request);
    const fromOrigin = await send(api.baseUrl, { ...request, headers: { Origin: ORIGIN } });
    for (const { status, headers } of [plain, fromOrigin]) {
      expect([status, headers.allow]).toEqual([204, 'GET, HEAD, OPTIONS, POST']);
      expect(headers).not.toHaveProperty('access-control-allow-methods');
    }
    expect(fromOrigin.headers['access-control-allow-origin']).toBe(ORIGIN);
  });

  test.each<[number, RawRequest]>([
    [400, { method: 'POST', path: '/products', body: '{"name":""}' }],
    [404, { path: '/nothing' }],
    [404, { path: `/products/${UNKNOWN_ID}` }],
    [405, { method: 'PATCH', path: '/products' }],
    [413, { method: 'POST', path: '/products', body: 'x'.repeat(1024 * 1024 + 1) }],
    [415, { method: 'POST', path: '/products', body: 'x', headers: { 'Content-Type': 'a/b' } }],
  ])('a page can read a %i response', async (status, request) => {
    const headers = { 'Content-Type': 'application/json', ...request.headers, Origin: ORIGIN };
    const response = await send(api.baseUrl, { ...request, headers });
    expect(response.status).toBe(status);
    expect(response.headers).toMatchObject({
      'access-control-allow-origin': ORIGIN,
      'access-control-expose-headers': EXPOSED_HEADERS,
    });
  });

  test('a page can read a response from the cache', async () => {
    const headers = { 'Content-Type': 'application/json', Origin: ORIGIN };
    const body = JSON.stringify(mouse);
    const created = await send(api.baseUrl, { method: 'POST', path: '/products', headers, body });
    const path = `/products/${JSON.parse(created.text).id}`;
    for (const cache of ['MISS', 'HIT', 'HIT']) {
      const read = await send(api.baseUrl, { path, headers: { Origin: ORIGIN } });
      expect(read.text).toBe(created.text);
      expect(read.headers).toMatchObject({
        'x-cache': cache,
        'access-control-allow-origin': ORIGIN,
        'access-control-expose-headers': EXPOSED_HEADERS,
        vary: 'Origin',
      });
    }
  });
});

describe('with *', () => {
  beforeAll(() => start('*'));
  afterAll(() => api.stop());

  test('every origin has access, and caches share responses', async () => {
    const { headers } = await send(api.baseUrl, { path: '/products', headers: { Origin: ORIGIN } });
    expect(headers['access-control-allow-origin']).toBe('*');
    expect(headers).not.toHaveProperty('vary');
    const preflighted = await send(api.baseUrl, preflight('/products', 'POST'));
    expect(preflighted.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, HEAD, OPTIONS, POST',
    });
  });
});
