import { randomUUID } from 'node:crypto';
import { Agent } from 'node:http';
import { createClient } from '@product-api/client';
import { eventually, type RunningApi, startApi } from '@product-api/testing';
import { parseList } from 'structured-headers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DocumentCheck } from '../document-check.js';
import { sumOf } from '../prometheus-text.js';
import { type RawResponse, send } from '../raw-request.js';
import { readMetrics } from '../read-metrics.js';
import { mouse, UNKNOWN_ID } from '../sample-product.js';
import { clientAt, countUntilLimited } from './limited-client.js';

/** Windows of an hour, so that hardly a unit is refilled during a test, and a short one. */
const RATE_LIMITS = 'read=20/1h, write=2/2s, bulk=30/1h';

/** The path of a product of the samples' catalog; none has it, which costs as much. */
const READ = `/products/${UNKNOWN_ID}`;

let api: RunningApi;
let clients = 0;

beforeAll(async () => {
  api = await startApi({ env: { RATE_LIMITS, TRUST_PROXY: '1', LOG_LEVEL: 'info' } });
});

afterAll(() => api.stop());

/** Returns a client at an address that no other test uses. */
function newClient() {
  clients += 1;
  return clientAt(api.baseUrl, `198.51.100.${clients}`);
}

const idsOf = (count: number) => ({ ids: Array.from({ length: count }, () => randomUUID()) });

const linesOf = (count: number) => ({
  lines: Array.from({ length: count }, () => ({ product_id: randomUUID(), delta: 1 })),
});

/** Returns the parts of a rate limit header: the name of each policy, and its parameters. */
function policiesIn(header: unknown) {
  return parseList(String(header)).map(([name, parameters]) => ({
    name,
    ...Object.fromEntries(parameters),
  }));
}

test('each class has a limit of its own', async () => {
  const { get, post } = newClient();
  expect(await countUntilLimited(() => get(READ), 20)).toBe(20);
  expect(await post('/products', mouse)).toMatchObject({ status: 201 });
  expect(await post('/products/batch-get', idsOf(1))).toMatchObject({ status: 200 });
});

test('a page of a list takes five units', async () => {
  const { get } = newClient();
  expect(await countUntilLimited(() => get('/products'), 20)).toBe(4);
});

test('a batch takes a unit for each product', async () => {
  const { post } = newClient();
  const batch = (count: number) => post('/products/batch-get', idsOf(count));
  expect(await batch(18)).toMatchObject({ status: 200 });
  const { status, headers } = await batch(13);
  expect(status).toBe(429);
  // It took one unit before its body was read, so that two are missing for its next attempt.
  expect(Number(headers['retry-after'])).toBeGreaterThan(230);
  expect(Number(headers['retry-after'])).toBeLessThanOrEqual(240);
  expect(await batch(11)).toMatchObject({ status: 200 });
  expect(await batch(1)).toMatchObject({ status: 429 });
});

test('an adjustment of several products takes a unit for each line', async () => {
  const { post } = newClient();
  expect(await post('/stock-adjustments', linesOf(30))).toMatchObject({ status: 404 });
  expect(await post('/stock-adjustments', linesOf(1))).toMatchObject({ status: 429 });
});

test('a request for more than the burst takes the whole burst', async () => {
  const { post } = newClient();
  expect(await post('/products/batch-get', idsOf(200))).toMatchObject({ status: 200 });
  expect(await post('/products/batch-get', idsOf(1))).toMatchObject({ status: 429 });
});

test('the response above a limit is as documented, and its headers are structured fields', async () => {
  const { get } = newClient();
  await countUntilLimited(() => get('/products'), 20);
  const { status, headers, text } = await get('/products');
  expect(status).toBe(429);
  // A list takes five units, and an hour refills twenty.
  const seconds = Number(headers['retry-after']);
  expect(seconds).toBeGreaterThan(890);
  expect(seconds).toBeLessThanOrEqual(900);
  expect(policiesIn(headers['ratelimit'])).toEqual([{ name: 'read', r: 0, t: seconds }]);
  expect(policiesIn(headers['ratelimit-policy'])).toEqual([{ name: 'read', q: 20, w: 3600 }]);
  expect(JSON.parse(text)).toMatchObject({
    type: 'urn:product-api:problem:quota-exceeded',
    status: 429,
    detail: `Too many requests: try again in ${seconds} seconds`,
    'violated-policies': ['read'],
  });
});

test('every response near a limit says so, and is as documented', async () => {
  const document = JSON.parse((await send(api.baseUrl, { path: '/openapi.json' })).text);
  const check = new DocumentCheck(document);
  const { get } = newClient();
  const responses: RawResponse[] = [];
  for (let read = 0; read < 21; read++) {
    responses.push(await get(READ));
  }
  expect(responses.flatMap((each) => check.faultsOf({ path: READ }, each))).toEqual([]);
  const rests = responses.map(({ headers }) =>
    headers['ratelimit'] === undefined ? undefined : policiesIn(headers['ratelimit'])[0],
  );
  expect(rests.slice(0, 18)).toEqual(new Array(18).fill(undefined));
  expect(rests.slice(18)).toMatchObject([{ r: 1 }, { r: 0 }, { r: 0 }]);
});

test('a limited request reads neither the cache nor the body, and the connection stays open', async () => {
  const { send: sendAs, get } = newClient();
  const { id } = await createClient({ baseUrl: api.baseUrl }).products.create(mouse);
  await get(`/products/${id}`);
  await countUntilLimited(() => get(`/products/${id}`), 20);
  const limited = await get(`/products/${id}`);
  expect(limited).toMatchObject({ status: 429 });
  expect(limited.headers['x-cache']).toBeUndefined();

  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const headers = { 'X-Forwarded-For': '198.51.100.250', 'Content-Type': 'application/json' };
  const write = (body: string) =>
    send(api.baseUrl, { method: 'POST', path: '/products', headers, body }, agent);
  // A body that would be refused if it was read.
  const statuses = new Set<number>();
  for (let sent = 0; sent < 20; sent++) {
    statuses.add((await write(`{${' '.repeat(100_000)}`)).status);
  }
  expect([...statuses]).toEqual([400, 429]);
  expect((await send(api.baseUrl, { path: '/health' }, agent)).status).toBe(200);
  agent.destroy();
  expect(await sendAs({ method: 'HEAD', path: `/products/${id}` })).toMatchObject({ status: 429 });
});

test('requests are served again as the units are refilled', async () => {
  const { post } = newClient();
  const write = () => post('/products', {});
  await countUntilLimited(write, 20);
  const { headers } = await write();
  expect(Number(headers['retry-after'])).toBe(1);
  await eventually(async () => (await write()).status === 400);
});

test('health, documents and metrics are not limited', async () => {
  const { get } = newClient();
  for (const path of ['/health', '/openapi.json', '/metrics']) {
    const statuses = [];
    for (let time = 0; time < 25; time++) {
      statuses.push((await get(path)).status);
    }
    expect(new Set(statuses)).toEqual(new Set([200]));
  }
});

test('an IPv6 client is its /64, and an IPv4 address mapped to IPv6 is that address', async () => {
  const readAt = (address: string) => clientAt(api.baseUrl, address).get(READ);
  let host = 0;
  expect(await countUntilLimited(() => readAt(`2001:db8:0:1::${host++}`), 20)).toBe(20);
  expect(await readAt('2001:db8:0:2::1')).toMatchObject({ status: 404 });
  expect(await countUntilLimited(() => readAt('::ffff:203.0.113.1'), 20)).toBe(20);
  expect(await readAt('203.0.113.1')).toMatchObject({ status: 429 });
});

test('metrics and the log show what was limited', async () => {
  const { get } = newClient();
  const count = async () =>
    sumOf(await readMetrics(api.baseUrl), 'product_api_limited_requests_total', { class: 'read' });
  await countUntilLimited(() => get('/products'), 20);
  const before = await count();
  await get('/products');
  expect(await count()).toBe(before + 1);
  await eventually(() => {
    const line = api.logLines().find((each) => each.includes('request above a rate limit'));
    expect(JSON.parse(line ?? '{}')).toMatchObject({ class: 'read', address: '198.51.100.1' });
  });
});
