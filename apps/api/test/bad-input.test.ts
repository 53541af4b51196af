import { gzipSync } from 'node:zlib';
import { createClient } from '@product-api/client';
import type { Product } from '@product-api/contract';
import { type RunningApi, startApi } from '@product-api/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RawRequest, send, sendJson } from './raw-request.js';
import { UNKNOWN_ID } from './sample-product.js';

const valid = { name: 'Mouse', description: 'Wireless', price: 29.99, stock_quantity: 100 };

let api: RunningApi;
let product: Product;

beforeAll(async () => {
  api = await startApi();
  product = await createClient({ baseUrl: api.baseUrl }).products.create(valid);
});

afterAll(() => api.stop());

async function catalog(): Promise<string> {
  return (await send(api.baseUrl, { path: '/products?limit=200' })).text;
}

/** Returns the path of a page after a made-up cursor. */
function pageAfter(cursor: [sort: string, value: string | number, id: string]): string {
  const encoded = Buffer.from(JSON.stringify(cursor)).toString('base64url');
  return `/products?sort=${cursor[0]}&cursor=${encoded}`;
}

/** Sends a request, expects that it changes nothing, and returns its problem document. */
async function problemOf(request: RawRequest) {
  const before = await catalog();
  const response = await send(api.baseUrl, request);
  expect(await catalog()).toBe(before);
  expect(response.headers['content-type']).toBe('application/problem+json');
  return { ...response, problem: JSON.parse(response.text) };
}

/** Returns the expected problem document; for a 400 with an error for each of the fields. */
function problemShape(status: number, kind: string, fields?: readonly string[]) {
  return {
    type: `urn:product-api:problem:${kind}`,
    title: expect.any(String),
    status,
    detail: expect.any(String),
    ...(fields && {
      errors: fields.map((field) => ({ field, message: expect.stringMatching(/./) })),
    }),
    request_id: expect.stringMatching(/./),
  };
}

const json = { 'Content-Type': 'application/json' };
const post = (body: string | Buffer): RawRequest => ({
  method: 'POST',
  path: '/products',
  headers: json,
  body,
});
const withField = (field: string, value: string) =>
  post(JSON.stringify({ ...valid, [field]: '@' }).replace('"@"', value));
const without = (field: string) => post(JSON.stringify({ ...valid, [field]: undefined }));

describe('a body that is not a JSON object is a 400', () => {
  test.each([
    ['malformed JSON', post('{"name": ')],
    ['NaN', withField('price', 'NaN')],
    ['an empty body', post('')],
    ['whitespace', post('  ')],
    ['an array', post('[]')],
    ['null', post('null')],
    ['a string', post('"Mouse"')],
    ['1,000-deep nesting', post('['.repeat(1000) + ']'.repeat(1000))],
    ['bytes that are not UTF-8', post(Buffer.from([0x22, 0xff, 0x22]))],
    ['no body at all', { method: 'POST', path: '/products' } satisfies RawRequest],
    ['malformed JSON on PUT', { ...post('{'), method: 'PUT', path: `/products/${UNKNOWN_ID}` }],
  ])('%s', async (_title, request) => {
    const { status, problem } = await problemOf(request);
    expect(status).toBe(400);
    expect(problem).toEqual(problemShape(400, 'validation-error', ['body']));
  });
});

describe('an invalid field is a 400 that names it', () => {
  test.each([
    ['name missing', without('name'), ['name']],
    ['description missing', without('description'), ['description']],
    ['price missing', without('price'), ['price']],
    ['stock_quantity missing', without('stock_quantity'), ['stock_quantity']],
    ['everything missing', post('{}'), ['name', 'description', 'price', 'stock_quantity']],
    ['name null', withField('name', 'null'), ['name']],
    ['price null', withField('price', 'null'), ['price']],
    ['name a number', withField('name', '7'), ['name']],
    ['name blank', withField('name', '" \\t"'), ['name']],
    ['name too long', withField('name', JSON.stringify('x'.repeat(201))), ['name']],
    ['name nested 99 levels deep', withField('name', '['.repeat(99) + ']'.repeat(99)), ['name']],
    ['name with a lone surrogate', withField('name', '"\\ud800"'), ['name']],
    ['description with NUL', withField('description', '"a\\u0000b"'), ['description']],
    [
      'description too long',
      withField('description', JSON.stringify('x'.repeat(10_001))),
      ['description'],
    ],
    ['price zero', withField('price', '0'), ['price']],
    ['price minus zero', withField('price', '-0'), ['price']],
    ['price 1e400', withField('price', '1e400'), ['price']],
    ['price too large', withField('price', '100000000000'), ['price']],
    ['price over-precise', withField('price', '1.00001'), ['price']],
    ['price a numeric string', withField('price', '"29.99"'), ['price']],
    ['price true', withField('price', 'true'), ['price']],
    ['stock_quantity negative', withField('stock_quantity', '-1'), ['stock_quantity']],
    ['stock_quantity minus zero', withField('stock_quantity', '-0'), ['stock_quantity']],
    ['stock_quantity a fraction', withField('stock_quantity', '1.5'), ['stock_quantity']],
    ['stock_quantity a string', withField('stock_quantity', '"1"'), ['stock_quantity']],
    ['stock_quantity 2^53', withField('stock_quantity', '9007199254740992'), ['stock_quantity']],
    [
      'all fields invalid',
      post('{"name":"","description":1,"price":"x","stock_quantity":-1}'),
      ['name', 'description', 'price', 'stock_quantity'],
    ],
    [
      'PUT of an unknown product, as validation comes first',
      { ...post('{"price":-1}'), method: 'PUT', path: `/products/${UNKNOWN_ID}` },
      ['price'],
    ],
    [
      'duplicate keys, of which the last counts',
      post('{"price":1,"name":"x","price":-1}'),
      ['description', 'price', 'stock_quantity'],
    ],
    ['an unknown sort', { path: '/products?sort=weight' }, ['sort']],
    ['limit 0', { path: '/products?limit=0' }, ['limit']],
    ['limit 201', { path: '/products?limit=201' }, ['limit']],
    ['limit twice', { path: '/products?limit=1&limit=2' }, ['limit']],
    ['a made-up cursor', { path: '/products?cursor=abc' }, ['cursor']],
    ['a cursor with another id', { path: pageAfter(['created', 1, 'x']) }, ['cursor']],
    ['a cursor with a NUL', { path: pageAfter(['name', 'a\0', UNKNOWN_ID]) }, ['cursor']],
    [
      'all query parameters invalid',
      { path: '/products?limit=x&in_stock=1&min_price=-1' },
      ['limit', 'in_stock', 'min_price'],
    ],
    ['malformed percent-encoding', { path: '/products/%zz' }, ['path']],
    ['malformed percent-encoding elsewhere', { path: '/%e0%a4%a' }, ['path']],
  ])('%s', async (_title, request: RawRequest, fields) => {
    const { status, problem } = await problemOf(request);
    expect(status).toBe(400);
    expect(problem).toEqual(problemShape(400, 'validation-error', fields));
  });
});

describe('a typo is a 400 that names it, and the name that was probably meant', () => {
  const put = (body: string): RawRequest => ({
    ...post(body),
    method: 'PUT',
    path: `/products/${product.id}`,
  });
  const strictly = (request: RawRequest): RawRequest => ({
    ...request,
    headers: { ...json, Prefer: 'handling=strict' },
  });

  test.each<[string, () => RawRequest, Record<string, string>]>([
    [
      'a query parameter of the list',
      () => ({ path: '/products?min-price=1&Sort=name' }),
      {
        'min-price': 'Unknown parameter; did you mean min_price?',
        Sort: 'Unknown parameter; did you mean sort?',
      },
    ],
    [
      'a query parameter without a similar name, beside another fault',
      () => ({ path: '/products?page=2&page=3&limit=0' }),
      {
        limit: 'Input should be greater than or equal to 1',
        page: 'Unknown parameter; expected one of: q, limit, cursor, sort, in_stock, min_price, max_price',
      },
    ],
    [
      'a query parameter of a read',
      () => ({ path: `/products/${product.id}?fields=name` }),
      { fields: 'Unknown parameter; this route has none' },
    ],
    [
      'a query parameter of a delete',
      () => ({ method: 'DELETE', path: `/products/${product.id}?force` }),
      { force: 'Unknown parameter; this route has none' },
    ],
    [
      'a query parameter of a health check',
      () => ({ path: '/health/ready?verbose=1' }),
      { verbose: 'Unknown parameter; this route has none' },
    ],
    [
      'a minimum price above the maximum price',
      () => ({ path: '/products?min_price=2&max_price=1.5' }),
      { min_price: 'Input should be less than or equal to max_price, which is 1.5' },
    ],
    [
      'the only field of an update',
      () => put('{"prize":3}'),
      { prize: 'Unknown field; did you mean price?' },
    ],
    [
      'all fields of an update',
      () => put('{"stockQuantity":3,"__proto__":{"price":1}}'),
      {
        stockQuantity: 'Unknown field; did you mean stock_quantity?',
        ['__proto__']: 'Unknown field; expected one of: name, description, price, stock_quantity',
      },
    ],
    [
      'one field of an update with strict handling, beside another fault',
      () => strictly(put('{"prize":3,"stock_quantity":-1}')),
      {
        stock_quantity: 'Value error, Stock quantity must not be negative',
        prize: 'Unknown field; did you mean price?',
      },
    ],
    [
      'a field and a query parameter with strict handling',
      () => {
        const request = strictly(put('{"prize":3}'));
        return { ...request, path: `${request.path}?prise=1` };
      },
      {
        prise: 'Unknown parameter; this route has none',
        prize: 'Unknown field; did you mean price?',
      },
    ],
    [
      'an additional field of a create with strict handling',
      () => strictly(post(JSON.stringify({ ...valid, id: 'mine' }))),
      { id: 'Unknown field; expected one of: name, description, price, stock_quantity' },
    ],
  ])('%s', async (_title, request, faults) => {
    const { status, problem } = await problemOf(request());
    expect(status).toBe(400);
    expect(problem).toMatchObject({ type: 'urn:product-api:problem:validation-error' });
    const expected = Object.entries(faults).map(([field, message]) => ({ field, message }));
    expect(problem.errors).toEqual(expected);
  });

  test('a read is refused whether or not it could come from the cache', async () => {
    const path = `/products/${product.id}`;
    await send(api.baseUrl, { path });
    expect((await send(api.baseUrl, { path })).headers['x-cache']).toBe('HIT');
    expect((await send(api.baseUrl, { path: `${path}?fields=name` })).status).toBe(400);
    expect((await send(api.baseUrl, { path: `${path}?` })).headers['x-cache']).toBe('HIT');
  });

  test('an update with an empty object, or with a known and an unknown field, succeeds', async () => {
    for (const body of ['{}', `{"price":${valid.price},"id":"mine"}`]) {
      const response = await send(api.baseUrl, put(body));
      expect([response.status, JSON.parse(response.text)]).toEqual([200, product]);
      expect(response.headers['preference-applied']).toBeUndefined();
    }
  });

  test('strict handling is confirmed', async () => {
    const response = await send(api.baseUrl, strictly(put('{}')));
    expect(response.status).toBe(200);
    expect(response.headers['preference-applied']).toBe('handling=strict');
  });

  test('a body of many long unknown names gets a short response', async () => {
    const names = Array.from({ length: 5000 }, (_, index) => `${'x'.repeat(150)}${index}`);
    const body = JSON.stringify(Object.fromEntries(names.map((name) => [name, 1])));
    const { status, text } = await problemOf(put(body));
    expect(status).toBe(400);
    expect(text.length).toBeLessThan(30_000);
  });
});

describe('an id without a product is a 404', () => {
  test.each([
    ['an unknown id', UNKNOWN_ID],
    ['not a UUID', 'abc'],
    ['a UUID in upper case', UNKNOWN_ID.replaceAll('0', 'A')],
    ['an encoded path', '..%2F..%2Fetc%2Fpasswd'],
    ['NUL', '%00'],
    ['10 kB', 'x'.repeat(10_000)],
    ['SQL', "1'%20OR%20'1'='1"],
    ['__proto__', '__proto__'],
  ])('%s', async (_title, id) => {
    const path = `/products/${id}`;
    for (const request of [
      { path },
      { method: 'DELETE', path },
      { ...post('{"price":1}'), method: 'PUT', path },
    ]) {
      const { status, problem } = await problemOf(request);
      expect(status).toBe(404);
      expect(problem).toEqual(problemShape(404, 'product-not-found'));
    }
  });

  test.each(['/products/../../etc/passwd', '/nothing', '/products/a/b', '/PRODUCTS', '//'])(
    'no route for %s',
    async (path) => {
      const { status, problem } = await problemOf({ path });
      expect(status).toBe(404);
      expect(problem).toEqual(problemShape(404, 'route-not-found'));
    },
  );
});

describe('an unacceptable body is refused', () => {
  const body = JSON.stringify(valid);
  const tooLarge = JSON.stringify({ ...valid, description: 'x'.repeat(1024 * 1024) });

  test.each([
    ['over the limit', 413, 'content-too-large', post(tooLarge)],
    [
      'compressed',
      415,
      'unsupported-media-type',
      { ...post(gzipSync(body)), headers: { ...json, 'Content-Encoding': 'gzip' } },
    ],
    [
      'as text',
      415,
      'unsupported-media-type',
      { ...post(body), headers: { 'Content-Type': 'text/plain' } },
    ],
    [
      'as a form',
      415,
      'unsupported-media-type',
      { ...post(body), headers: { 'Content-Type': 'application/x-www-form-urlencoded' } },
    ],
    ['without a media type', 415, 'unsupported-media-type', { ...post(body), headers: {} }],
    [
      'in an unknown charset',
      415,
      'unsupported-media-type',
      { ...post(body), headers: { 'Content-Type': 'application/json; charset=x-none' } },
    ],
  ])('%s', async (_title, expected, kind, request: RawRequest) => {
    const { status, problem } = await problemOf(request);
    expect(status).toBe(expected);
    expect(problem).toEqual(problemShape(expected, kind));
  });
});

describe('an error message says where the error is', () => {
  const messageFor = async (request: RawRequest) =>
    (await problemOf(request)).problem.errors.map(({ message }: { message: string }) => message);

  test.each([
    ['{"name": "x",\n  "price": }', 'Body should be valid JSON: see line 2, column 12'],
    ['{"name"', 'Body should be valid JSON: see line 1, column 8'],
    ["{'name': 1}", 'Body should be valid JSON: see line 1, column 2'],
    ['{"a":1,}', 'Body should be valid JSON: see line 1, column 8'],
    ['// no\n{}', 'Body should be valid JSON: see line 1, column 1'],
  ])('the position in invalid JSON: %j', async (body, message) => {
    expect(await messageFor(post(body))).toEqual([message]);
  });

  const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

  test.each([
    ['/products', `{"unknown": ${nested(100)}}`, 'Body should be nested at most 100 levels deep'],
    ['/products/batch-get', nested(30_000), 'Body should be nested at most 100 levels deep'],
    ['/products/batch-get', nested(100), 'Input should be a valid JSON object'],
    ['/products', '['.repeat(60_000), 'Body should be valid JSON'],
  ])('the depth of the JSON sent to %s', async (path, body, message) => {
    expect(await messageFor({ ...post(body), path })).toEqual([message]);
  });

  test.each([
    'limit=1&limit=2',
    'sort=name&sort=price',
    'in_stock=true&in_stock=true',
    'cursor=a&cursor=b',
  ])('a duplicate parameter: %s', async (query) => {
    expect(await messageFor({ path: `/products?${query}` })).toEqual([
      'Parameter should be given only once',
    ]);
  });
});

test.each(['utf-8', 'UTF-8', 'utf8', '"utf8"', '"UTF-8"'])(
  'charset=%s is accepted as UTF-8',
  async (charset) => {
    const headers = { 'Content-Type': `application/json; charset=${charset}` };
    const response = await send(api.baseUrl, { ...post(JSON.stringify(valid)), headers });
    expect(response.status).toBe(201);
  },
);

describe('methods', () => {
  const item = () => `/products/${product.id}`;

  test.each([
    ['PATCH', '/products', 'GET, HEAD, OPTIONS, POST'],
    ['DELETE', '/products/', 'GET, HEAD, OPTIONS, POST'],
    ['POST', `/products/${UNKNOWN_ID}`, 'DELETE, GET, HEAD, OPTIONS, PATCH, PUT'],
    ['POST', '/health', 'GET, HEAD, OPTIONS'],
    ['PUT', '/openapi.json', 'GET, HEAD, OPTIONS'],
    ['POST', '/docs', 'GET, HEAD, OPTIONS'],
    ['POST', '/redoc', 'GET, HEAD, OPTIONS'],
  ])('%s %s is a 405 with Allow', async (method, path, allow) => {
    const { status, headers, problem } = await problemOf({ method, path });
    expect(status).toBe(405);
    expect(headers.allow).toBe(allow);
    expect(problem).toEqual(problemShape(405, 'method-not-allowed'));
  });

  test('HEAD returns the headers of GET without a body', async () => {
    for (const path of [item(), '/products', '/health', '/openapi.json']) {
      const get = await send(api.baseUrl, { path });
      const head = await send(api.baseUrl, { method: 'HEAD', path });
      expect(head.status).toBe(200);
      expect(head.text).toBe('');
      expect(head.headers['content-length']).toBe(get.headers['content-length']);
      expect(head.headers.etag).toBe(get.headers.etag);
    }
  });

  test('OPTIONS is a 204 with Allow', async () => {
    const response = await send(api.baseUrl, { method: 'OPTIONS', path: item() });
    expect(response).toMatchObject({ status: 204, text: '' });
    expect(response.headers.allow).toBe('DELETE, GET, HEAD, OPTIONS, PATCH, PUT');
  });

  test('X-HTTP-Method-Override is ignored', async () => {
    const headers = { 'X-HTTP-Method-Override': 'DELETE' };
    expect((await send(api.baseUrl, { path: item(), headers })).status).toBe(200);
    expect((await send(api.baseUrl, { path: item() })).status).toBe(200);
  });
});

describe('unusual but valid text and fields', () => {
  test('fields named __proto__ and constructor are ignored', async () => {
    const body = `{"__proto__":{"price":1},"constructor":{"x":1},${JSON.stringify(valid).slice(1)}`;
    const response = await sendJson(api.baseUrl, 'POST', '/products', body);
    expect(response.status).toBe(201);
    expect(JSON.parse(response.text)).toEqual({ id: expect.any(String), ...valid });
  });

  test('emoji are returned byte for byte', async () => {
    const description = '👩🏽‍🚀 e\u0301 ﷽ \u2028';
    const created = await sendJson(
      api.baseUrl,
      'POST',
      '/products',
      JSON.stringify({ ...valid, description }),
    );
    const { id } = JSON.parse(created.text);
    const read = await send(api.baseUrl, { path: `/products/${id}` });
    expect(JSON.parse(read.text).description).toBe(description);
    expect(read.text).toBe(created.text);
  });

  test('the last of duplicate keys counts', async () => {
    const body = `${JSON.stringify(valid).slice(0, -1)},"price":5}`;
    const response = await sendJson(api.baseUrl, 'POST', '/products', body);
    expect(JSON.parse(response.text)).toMatchObject({ price: 5 });
  });
});

test('the process still runs, and no response was a 5xx', async () => {
  expect((await send(api.baseUrl, { path: '/health/ready' })).status).toBe(200);
  expect(api.logLines().filter((line) => /"status":5\d\d/.test(line))).toEqual([]);
});
