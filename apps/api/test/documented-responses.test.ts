import { randomUUID } from 'node:crypto';
import { createClient, type Product } from '@product-api/client';
import { MAX_API_KEYS } from '@product-api/contract';
import { openDatabase } from '@product-api/database';
import { eventually } from '@product-api/testing';
import { expect, test } from 'vitest';
import { moveDatabase, startApiOnFile } from './api-on-file.js';
import { ADMIN_KEY, bearer, createKey } from './auth/keys.js';
import { DocumentCheck } from './document-check.js';
import { converse, responsesIn } from './raw-connection.js';
import { type RawRequest, type RawResponse, send } from './raw-request.js';
import { mouse, UNKNOWN_ID } from './sample-product.js';

const json = { 'Content-Type': 'application/json' };
const strictJson = { ...json, Prefer: 'handling=strict' };
const body = JSON.stringify(mouse);
const newKey = JSON.stringify({ name: 'walk', scopes: ['admin'] });
const stockLine = JSON.stringify({ delta: 1 });
const stockLines = (id: string, line = {}) =>
  JSON.stringify({ lines: [{ product_id: id, delta: 1, ...line }] });
const batchOf = (id: string) => JSON.stringify({ ids: [id, 'no id'] });
const tooLarge = JSON.stringify({ ...mouse, description: 'x'.repeat(1024 * 1024) });

/** A cursor of changes. */
const otherDatabase = Buffer.from('0.0.').toString('base64url');

/** With a key, the import is refused before its response begins. */
const keyedFile = { 'Content-Type': 'application/x-ndjson', 'Idempotency-Key': 'import' };

/** A request to each operation; its path and body are valid. */
function operations(id: string, keyId: string): RawRequest[] {
  return [
    { method: 'POST', path: '/api-keys', headers: json, body: newKey },
    { path: '/api-keys' },
    { path: '/api-keys/self' },
    {
      method: 'POST',
      path: `/api-keys/${keyId}/rotate`,
      headers: json,
      body: '{"overlap_seconds":60}',
    },
    { method: 'DELETE', path: `/api-keys/${keyId}` },
    { method: 'POST', path: '/products', headers: json, body },
    { path: '/products' },
    { path: `/products/${id}` },
    { method: 'PUT', path: `/products/${id}`, headers: json, body },
    { method: 'POST', path: `/products/${id}/stock-adjustments`, headers: json, body: stockLine },
    { method: 'POST', path: '/stock-adjustments', headers: json, body: stockLines(id) },
    { path: `/products/${id}/stock-adjustments` },
    { path: `/products/${id}/history` },
    { method: 'POST', path: `/products/${id}/restore`, headers: json, body: '{"version":1}' },
    { method: 'PATCH', path: `/products/${id}`, headers: json, body },
    { method: 'POST', path: '/products/batch-get', headers: json, body: batchOf(randomUUID()) },
    { path: '/exports/products' },
    { path: '/changes' },
    { path: '/changes/stream' },
    { method: 'POST', path: '/imports/products', headers: keyedFile, body: `${body}\n` },
    { method: 'DELETE', path: `/products/${id}` },
    { path: '/health' },
    { path: '/health/live' },
    { path: '/health/ready' },
  ];
}

/** Requests with every other status, in an order in which each has its product. */
function variations({ id }: Product, etag: string, keyId: string): RawRequest[] {
  const item = `/products/${id}`;
  const unknown = `/products/${UNKNOWN_ID}`;
  const notMatching = { 'If-Match': '"other"' };
  const put = { method: 'PUT', path: item, headers: json, body };
  const patch = { ...put, method: 'PATCH' };
  const batchGet = {
    method: 'POST',
    path: '/products/batch-get',
    headers: json,
    body: batchOf(UNKNOWN_ID),
  };
  const adjust = {
    method: 'POST',
    path: `${item}/stock-adjustments`,
    headers: json,
    body: stockLine,
  };
  const postKey = { method: 'POST', path: '/api-keys', headers: json, body: newKey };
  const rotate = { ...postKey, path: `/api-keys/${keyId}/rotate`, body: '{"overlap_seconds":60}' };
  const adjustMany = { ...adjust, path: '/stock-adjustments' };
  const restore = { ...adjust, path: `${item}/restore`, body: '{"version":1}' };
  const history = `${item}/history`;
  const importing = { method: 'POST', path: '/imports/products' };
  const csv = { 'Content-Type': 'text/csv' };
  const key = { 'Idempotency-Key': '"walk"' };
  const keyedPost = { method: 'POST', path: '/products', headers: { ...json, ...key }, body };
  return [
    { method: 'POST', path: '/products/', headers: strictJson, body },
    { method: 'POST', path: '/products', headers: strictJson, body: '{"id":1,"prize":-5}' },
    { method: 'POST', path: '/products', headers: json, body: '{' },
    { method: 'POST', path: '/products', headers: json, body: tooLarge },
    { method: 'POST', path: '/products', body },
    keyedPost,
    keyedPost,
    { ...keyedPost, path: '/products/' },
    { ...put, headers: { ...json, ...key } },
    { ...patch, headers: { ...json, ...key } },
    { method: 'DELETE', path: item, headers: key },
    { path: '/products?limit=2&sort=-price&in_stock=true&min_price=1&max_price=99.5' },
    { path: '/products?limit=1' },
    { path: '/products?min_price=2&max_price=1&limit=0&page=1' },
    { path: '/products', headers: notMatching },
    { path: item, headers: { 'If-None-Match': etag } },
    { path: item },
    { path: item, headers: { 'If-None-Match': etag } },
    { path: item, headers: notMatching },
    { path: unknown },
    { path: unknown },
    { path: '/products/not-an-id' },
    { ...put, headers: strictJson, body: '{"price":24.99}' },
    { ...put, body: '{"prize":1}' },
    { ...put, headers: { ...strictJson, ...notMatching } },
    { ...put, headers: { ...strictJson }, path: unknown },
    { ...put, body: tooLarge },
    { ...put, headers: { 'Content-Type': 'text/plain' } },
    { ...patch, headers: strictJson, body: '{"price":24.99}' },
    { ...patch, headers: { ...strictJson, ...notMatching } },
    { ...patch, headers: { ...strictJson }, path: unknown },
    { ...patch, body: tooLarge },
    { ...patch, headers: { 'Content-Type': 'text/plain' } },
    { ...batchGet, headers: strictJson },
    { ...batchGet, body: '{"ids":["no id"]}' },
    { ...batchGet, body: '{"ids":[]}' },
    { ...batchGet, body: tooLarge },
    { ...batchGet, headers: { 'Content-Type': 'text/plain' } },
    { ...adjust, headers: strictJson, body: '{"delta":-1,"expected":3}' },
    { ...adjust, body: '{"delta":-1000000}' },
    { ...adjust, body: `{"delta":${Number.MAX_SAFE_INTEGER}}` },
    { ...adjust, body: tooLarge },
    { ...adjust, headers: { 'Content-Type': 'text/plain' } },
    { ...adjust, path: `${unknown}/stock-adjustments` },
    { ...adjustMany, headers: strictJson, body: stockLines(id) },
    { ...adjustMany, headers: { ...json, ...key }, body: stockLines(id) },
    { ...adjust, headers: { ...strictJson, ...key } },
    { ...adjustMany, body: stockLines(id, { expected: 3 }) },
    { ...adjustMany, body: stockLines(UNKNOWN_ID) },
    { ...adjustMany, body: tooLarge },
    { ...adjustMany, headers: { 'Content-Type': 'text/plain' } },
    { path: adjust.path },
    { path: adjust.path, headers: notMatching },
    { path: `${unknown}/stock-adjustments` },
    { path: `${history}?limit=1` },
    { path: history, headers: notMatching },
    { path: `${unknown}/history` },
    { ...restore, headers: { ...strictJson, ...key } },
    { ...restore, headers: { ...strictJson, ...notMatching } },
    { ...restore, headers: strictJson },
    { ...restore, headers: strictJson, body: '{}' },
    { ...restore, body: '{"version":1000}' },
    { ...restore, path: `${unknown}/restore` },
    { ...restore, body: tooLarge },
    { ...restore, headers: { 'Content-Type': 'text/plain' } },
    { path: `/exports/products?format=csv&after=${id}` },
    { path: `/exports/products?after=${UNKNOWN_ID}` },
    { path: `/changes?after=${otherDatabase}&include=product` },
    { path: '/changes/stream', headers: { 'Last-Event-ID': otherDatabase } },
    { ...importing, headers: { ...csv, Prefer: 'handling=strict' }, body: 'name,prize\nA,1\n' },
    { ...importing, path: '/imports/products?mode=create', headers: keyedFile, body },
    { ...importing, headers: json, body },
    { ...postKey, headers: strictJson },
    { ...postKey, body: '{"name":""}' },
    { ...postKey, body: tooLarge },
    { ...postKey, headers: { 'Content-Type': 'text/plain' } },
    { ...rotate, headers: strictJson },
    { ...rotate, path: '/api-keys/000000000000/rotate' },
    { ...rotate, body: '{"overlap_seconds":-1}' },
    { ...rotate, body: tooLarge },
    { ...rotate, headers: { 'Content-Type': 'text/plain' } },
    { method: 'DELETE', path: '/api-keys/000000000000' },
    { method: 'DELETE', path: item, headers: notMatching },
    { method: 'DELETE', path: unknown },
    { method: 'DELETE', path: item },
  ];
}

/** Sends a message that never becomes a request, and returns its response. */
async function sendRaw(
  baseUrl: string,
  { method = 'GET', path }: RawRequest,
  headers: string,
): Promise<RawResponse> {
  const message = `${method} ${path} HTTP/1.1\r\nHost: x\r\n${headers}`;
  const received = await converse(baseUrl, message, { timeoutMs: 60_000 });
  const [response = expect.unreachable()] = responsesIn(received);
  return { status: response.status, headers: response.headers, text: response.body };
}

/** Sends requests to a service, and collects how their responses differ from its document. */
class Walk {
  readonly faults: Record<string, string[]> = {};
  readonly #baseUrl: string;
  readonly #check: DocumentCheck;

  constructor(baseUrl: string, check: DocumentCheck) {
    this.#baseUrl = baseUrl;
    this.#check = check;
  }

  async sendAll(requests: readonly RawRequest[]): Promise<void> {
    for (const request of requests) {
      await this.send(request);
    }
  }

  /** Sends a request with the key of the operator, unless it has another one. */
  async send(request: RawRequest): Promise<RawResponse> {
    const headers = { ...bearer(ADMIN_KEY), ...request.headers };
    const response = await send(this.#baseUrl, { ...request, headers });
    this.examine(request, response);
    return response;
  }

  examine(request: RawRequest, response: RawResponse): void {
    const faults = this.#check.faultsOf(request, response);
    if (faults.length > 0) {
      const { method = 'GET', path, body = '' } = request;
      this.faults[`${method} ${path} ${body.slice(0, 40)} → ${response.status}`] = faults;
    }
  }
}

/** Fills the table of keys, so that no other one can be made. */
async function fillKeys(url: string): Promise<void> {
  const database = await openDatabase({ url });
  await database.client.$executeRaw`
    WITH RECURSIVE numbers (number) AS (
      SELECT 1 UNION ALL SELECT number + 1 FROM numbers WHERE number < ${MAX_API_KEYS}
    )
    INSERT INTO api_keys (id, hash, name, scopes, created_at)
    SELECT printf('%012d', number), hex(zeroblob(21)) || 'A', 'many', 'admin', 0 FROM numbers`;
  await database.close();
}

test('the document says exactly what responses there are', { timeout: 120_000 }, async () => {
  const env = { AUTH: 'all', ADMIN_API_KEY: ADMIN_KEY, CACHE_POLL_MS: '250' };
  const { api, file } = await startApiOnFile({ env });
  const { baseUrl } = api;
  const check = new DocumentCheck(
    JSON.parse((await send(baseUrl, { path: '/openapi.json' })).text),
  );
  const walk = new Walk(baseUrl, check);
  const { products } = createClient({ baseUrl, headers: bearer(ADMIN_KEY) });
  const { product, etag } = await products.withEtag.create(mouse);
  const { id: keyId } = await createKey(baseUrl, ['admin']);
  const all = operations(product.id, keyId);
  // The slow requests take as long as the service waits for their headers.
  const slow = all.map((request) => sendRaw(baseUrl, request, 'X-Slow: '));

  await walk.sendAll(all.map((request) => ({ ...request, path: `${request.path}?unknown=1` })));
  await walk.sendAll(variations(product, etag, keyId));
  for (const request of all) {
    const large = `X-Large: ${'x'.repeat(20_000)}\r\n\r\n`;
    walk.examine(request, await sendRaw(baseUrl, request, large));
  }
  const { key: scopeless } = await createKey(baseUrl, ['metrics:read']);
  for (const key of ['not a key', scopeless]) {
    await walk.sendAll(
      all.map((request) => ({ ...request, headers: { ...request.headers, ...bearer(key) } })),
    );
  }
  const last = await createKey(baseUrl, ['admin']);
  for (const request of operations((await products.create(mouse)).id, last.id)) {
    const { headers } = await walk.send(request);
    if (request.method === undefined) {
      await walk.send({ ...request, headers: { 'If-None-Match': String(headers.etag) } });
    }
  }
  const { id: oneOfAll, key: stored } = await createKey(baseUrl, ['admin']);
  await fillKeys(`file:${file}`);
  await walk.send({ method: 'POST', path: '/api-keys', headers: json, body: newKey });
  const rotate = { method: 'POST', path: `/api-keys/${oneOfAll}/rotate`, headers: json };
  await walk.send({ ...rotate, body: '{}' });
  for (const [index, response] of (await Promise.all(slow)).entries()) {
    walk.examine(all[index] ?? expect.unreachable(), response);
  }
  moveDatabase(file, `${file}.moved`);
  await eventually(async () =>
    expect((await send(baseUrl, { path: '/health/ready' })).status).toBe(503),
  );
  await walk.sendAll(all);
  // The key of the operator works without the database.
  const own = { path: '/api-keys/self', headers: bearer(stored) };
  await eventually(async () => expect((await walk.send(own)).status).toBe(503));

  expect(walk.faults).toEqual({});
  // A fault of the service itself cannot be caused from outside, and no rate is limited here.
  const possible = check.documented().filter((response) => !/ (500|429)$/.test(response));
  expect([...check.seen].sort()).toEqual(possible.sort());
});
