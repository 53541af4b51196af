import { Agent } from 'node:http';
import { type RunningApi, startApi } from '@product-api/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { converse, responsesIn } from '../raw-connection.js';
import { send } from '../raw-request.js';
import { mouse } from '../sample-product.js';
import { ADMIN_KEY, bearer, createKey } from './keys.js';

let api: RunningApi;
let readerKey: string;

beforeAll(async () => {
  const env = { AUTH: 'all', ADMIN_API_KEY: ADMIN_KEY, DOCS: 'off', BODY_LIMIT_BYTES: '1000' };
  api = await startApi({ env });
  ({ key: readerKey } = await createKey(api.baseUrl, ['products:read']));
});

afterAll(() => api.stop());

const product = JSON.stringify(mouse);

/** Returns a POST of a product as it goes over the wire, up to its body. */
function head(headers: Record<string, string | number>): string {
  const lines = Object.entries({
    Host: 'x',
    'Content-Type': 'application/json',
    'Content-Length': product.length,
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `POST /products HTTP/1.1\r\n${lines.join('')}\r\n`;
}

const chunkedHead = head({ 'Transfer-Encoding': 'chunked' }).replace(/Content-Length.*\r\n/, '');

const lastRequest = `GET /products HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${ADMIN_KEY}\r\nConnection: close\r\n\r\n`;

const statusesIn = (received: string) => responsesIn(received).map(({ status }) => status);

test('the connection of a refused request serves the next one, whatever the body was', async () => {
  const large = 'x'.repeat(100_000);
  const requests = [
    `${head({})}${product}`,
    `${head(bearer(readerKey))}${product}`,
    `${head({ 'Content-Length': large.length })}${large}`,
    `${chunkedHead}5\r\nhello\r\n0\r\n\r\n`,
    lastRequest,
  ];
  const received = await converse(api.baseUrl, requests.join(''));
  expect(statusesIn(received)).toEqual([401, 403, 401, 401, 200]);
});

test('a client that goes on sending a refused body is disconnected', async () => {
  const unfinished = [
    `${chunkedHead}5\r\nhello\r\n`,
    `${head({ 'Content-Length': 1_000_000 })}hello`,
    `GET /health HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n`,
  ];
  // An accepted body has 30 s.
  const options = { timeoutMs: 20_000 };
  const all = await Promise.all(unfinished.map((sent) => converse(api.baseUrl, sent, options)));
  expect(all.map(statusesIn)).toEqual([[401], [401], [200]]);
});

test('a client that waits for 100 Continue is refused without its body', async () => {
  for (const [headers, status] of [
    [{}, 401],
    [bearer(readerKey), 403],
  ] as const) {
    const received = await converse(api.baseUrl, head({ ...headers, Expect: '100-continue' }));
    const [response, ...others] = responsesIn(received);
    expect([response?.status, others]).toEqual([status, []]);
    expect(response?.headers).toMatchObject({ connection: 'close' });
    expect(response?.headers).not.toHaveProperty('keep-alive');
  }
});

test('a client that waits for 100 Continue gets it once its key is accepted', async () => {
  const expecting = head({ ...bearer(ADMIN_KEY), Expect: '100-continue' });
  const received = await converse(api.baseUrl, `${expecting}${product}${lastRequest}`);
  expect(statusesIn(received)).toEqual([100, 201, 200]);
  const tooLarge = { ...bearer(ADMIN_KEY), Expect: '100-continue', 'Content-Length': 1001 };
  expect(statusesIn(await converse(api.baseUrl, head(tooLarge)))).toEqual([413]);
});

test('a cached product is served to those alone who may read it', async () => {
  const agent = new Agent({ keepAlive: true });
  const headers = { ...bearer(ADMIN_KEY), 'Content-Type': 'application/json' };
  const created = await send(api.baseUrl, {
    method: 'POST',
    path: '/products',
    headers,
    body: product,
  });
  const path = `/products/${JSON.parse(created.text).id}`;
  const writer = await createKey(api.baseUrl, ['products:write']);
  const outcomes = [];
  for (const key of [readerKey, readerKey, undefined, writer.key, ADMIN_KEY]) {
    const request = { path, headers: key === undefined ? {} : bearer(key) };
    const response = await send(api.baseUrl, request, agent);
    outcomes.push(`${response.status} ${response.headers['x-cache'] ?? '-'}`);
    if (response.status === 200) {
      expect(response.text).toBe(created.text);
      expect(response.headers.etag).toBe(created.headers.etag);
    }
  }
  agent.destroy();
  expect(outcomes).toEqual(['200 MISS', '200 HIT', '401 -', '403 -', '200 HIT']);
});

test('a request with two Authorization headers is a 400 that names the header', async () => {
  const keys = [ADMIN_KEY, readerKey].map((key) => `Bearer ${key}`);
  for (const [one, other] of [keys, keys.toReversed(), [keys[0], keys[0]]]) {
    const received = await converse(
      api.baseUrl,
      `GET /products HTTP/1.1\r\nHost: x\r\nAuthorization: ${one}\r\nAUTHORIZATION: ${other}\r\nConnection: close\r\n\r\n`,
    );
    const [{ status, body } = { status: 0, body: '{}' }] = responsesIn(received);
    expect(status).toBe(400);
    expect(JSON.parse(body).errors).toEqual([
      { field: 'authorization', message: 'Authorization should be given only once' },
    ]);
  }
});

test('the scheme may be in any case', async () => {
  for (const scheme of ['bearer', 'BEARER', 'Bearer  ']) {
    const headers = { Authorization: `${scheme} ${readerKey} ` };
    expect((await send(api.baseUrl, { path: '/products', headers })).status).toBe(200);
  }
});

test('without DOCS there are no documents', async () => {
  for (const path of ['/', '/docs/', '/docs', '/redoc', '/openapi.json']) {
    expect((await send(api.baseUrl, { path })).status, path).toBe(404);
  }
});
