import { connect, type Socket } from 'node:net';
import { createClient } from '@product-api/client';
import { productSorts } from '@product-api/contract';
import { eventually, type RunningApi, startApi } from '@product-api/testing';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { sumOf } from './prometheus-text.js';
import { converse, responsesIn } from './raw-connection.js';
import { type RawRequest, send } from './raw-request.js';
import { readMetrics } from './read-metrics.js';
import { mouse } from './sample-product.js';

const MEBIBYTE = 1024 * 1024;

/** Four pages of the largest products. */
const PRODUCT_COUNT = 60;

/** The longest description as JSON, which prints each of its characters as six. */
const LONGEST_TEXT = '\u0001'.repeat(10_000);

/**
 * The limit in seconds for which a request may block the event loop. The slowest one takes about
 * 0.1 s on an idle machine; other tests use the cores too.
 */
const MAX_BLOCK_SECONDS = 2;

/** On a busy machine, conditions that usually take one second can take many. */
const patient = { timeoutMs: 60_000 };

let api: RunningApi;

beforeAll(async () => {
  api = await startApi({ env: { SEED: 'false', LOG_LEVEL: 'warn' } });
  const { products } = createClient({ baseUrl: api.baseUrl });
  const create = (index: number) =>
    products.create({
      name: `Product ${index % 7}`,
      description: LONGEST_TEXT,
      price: 1 + (index % 5),
      stock_quantity: 1,
    });
  for (let count = 0; count < PRODUCT_COUNT; count += 20) {
    await Promise.all(Array.from({ length: 20 }, (_, index) => create(count + index)));
  }
}, 120_000);

afterAll(() => api.stop());

/** Sends requests, and returns for how many seconds they blocked the event loop at most. */
async function longestBlock(sendAll: () => Promise<unknown>): Promise<number> {
  await readMetrics(api.baseUrl);
  await sendAll();
  return sumOf(await readMetrics(api.baseUrl), 'nodejs_eventloop_lag_max_seconds');
}

describe('a page of the largest products', () => {
  test('ends at a mebibyte, and the next page continues, in every order', async () => {
    const { products } = createClient({ baseUrl: api.baseUrl });
    for (const sort of productSorts) {
      const ids = new Set<string>();
      let cursor: string | undefined;
      do {
        const page = await products.listPage({ sort, limit: 200, cursor });
        expect(page.items.length).toBeGreaterThan(0);
        expect(JSON.stringify(page).length).toBeLessThan(1.1 * MEBIBYTE);
        for (const { id } of page.items) {
          expect(ids).not.toContain(id);
          ids.add(id);
        }
        cursor = page.next_cursor ?? undefined;
      } while (cursor !== undefined);
      expect(ids.size).toBe(PRODUCT_COUNT);
    }
  });

  test('does not delay a health check when twenty are requested at once', async () => {
    const pages = Array.from({ length: 20 }, (_, index) =>
      send(api.baseUrl, { path: `/products?limit=${200 - index}` }),
    );
    const startedAt = performance.now();
    expect((await send(api.baseUrl, { path: '/health' })).status).toBe(200);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    // Requests that would wait for more than a second are refused.
    for (const { status, headers } of await Promise.all(pages)) {
      expect(status === 200 || headers['retry-after'] === '1').toBe(true);
    }
  });
});

const json = { 'Content-Type': 'application/json' };
const post = (body: string): RawRequest => ({
  method: 'POST',
  path: '/products',
  headers: json,
  body,
});

/** A little less than the limit of a body. */
const BODY_LENGTH = MEBIBYTE - 100;

describe('no single request blocks the event loop for long', () => {
  test.each<[title: string, request: RawRequest]>([
    ['a page of the largest products', { path: '/products?limit=200' }],
    ['a page of 20', { path: '/products?limit=20&sort=-name' }],
    [
      'the largest product',
      post(
        JSON.stringify({
          name: 'x'.repeat(200),
          description: LONGEST_TEXT,
          price: 1,
          stock_quantity: 1,
        }),
      ),
    ],
    ['a body of nested arrays', post('['.repeat(BODY_LENGTH))],
    ['a body of nested arrays that end', post('['.repeat(400_000) + ']'.repeat(400_000))],
    [
      'a body of many fields',
      post(`{${Array.from({ length: 90_000 }, (_, i) => `"a${i}":1`).join()}}`),
    ],
    ['a body of many elements', post(`[${'1,'.repeat(BODY_LENGTH / 2 - 10)}1]`)],
    ['a body of one long number', post('1'.repeat(BODY_LENGTH))],
    ['a body of whitespace', post(' '.repeat(BODY_LENGTH))],
    ['a body that is invalid at its end', post(`[${'"x",'.repeat(BODY_LENGTH / 4 - 10)}`)],
    [
      'a long name',
      post(
        JSON.stringify({
          name: 'x'.repeat(BODY_LENGTH - 100),
          description: '',
          price: 1,
          stock_quantity: 1,
        }),
      ),
    ],
    [
      'a name of whitespace and surrogates',
      post(`{"name":"${' \\ud800'.repeat(BODY_LENGTH / 8)}"}`),
    ],
    ['a long cursor', { path: `/products?cursor=${'A'.repeat(4096)}` }],
    ['a long query', { path: `/products?${'a=1&'.repeat(3500)}` }],
    ['a long path', { path: `/products/${'%41'.repeat(5000)}` }],
    ['the OpenAPI document', { path: '/openapi.json' }],
    ['the largest script', { path: '/redoc/redoc.standalone.js' }],
    ['the metrics', { path: '/metrics' }],
  ])('%s', async (_title, request) => {
    let status = 0;
    const seconds = await longestBlock(async () => {
      ({ status } = await send(api.baseUrl, request));
    });
    expect(status).toBeLessThan(500);
    expect(seconds).toBeLessThan(MAX_BLOCK_SECONDS);
  });
});

/** Opens connections that each request a page and do not read it. */
function openSlowReaders(count: number): Socket[] {
  const { hostname, port } = new URL(api.baseUrl);
  const request = 'GET /products?limit=200 HTTP/1.1\r\nHost: x\r\n\r\n';
  const sockets = Array.from({ length: count }, () => {
    const socket = connect({ host: hostname, port: Number(port) });
    socket.on('error', () => undefined);
    socket.on('connect', () => {
      socket.pause();
      socket.write(request);
    });
    return socket;
  });
  onTestFinished(() => {
    for (const socket of sockets) {
      socket.destroy();
    }
  });
  return sockets;
}

describe('clients that do not read their responses', () => {
  const memory = async () =>
    sumOf(await readMetrics(api.baseUrl), 'process_resident_memory_bytes') / MEBIBYTE;

  test('cost a bounded amount of memory, and delay others for a bounded time', {
    timeout: 300_000,
  }, async () => {
    const before = await memory();
    const sockets = openSlowReaders(500);
    let most = 0;
    for (let round = 0; round < 10; round += 1) {
      const page = await send(api.baseUrl, { path: '/products?limit=200' });
      expect(page.status === 200 || page.headers['retry-after'] === '1').toBe(true);
      expect((await send(api.baseUrl, { path: '/health' })).status).toBe(200);
      most = Math.max(most, (await memory()) - before);
    }
    // The clients requested 500 pages of a mebibyte each.
    expect(most).toBeLessThan(400);
    for (const socket of sockets) {
      socket.destroy();
    }
    await eventually(async () => {
      expect((await send(api.baseUrl, { path: '/products?limit=200' })).status).toBe(200);
    }, patient);
  });
});

test.each([
  ['nested arrays', '['.repeat(400_000) + ']'.repeat(400_000)],
  ['many fields', `{${Array.from({ length: 90_000 }, (_, index) => `"a${index}":1`).join()}}`],
])('a large body of %s gets 400 with the limit of values', async (_what, body) => {
  const { status, text } = await send(api.baseUrl, post(body));
  expect(status).toBe(400);
  expect(JSON.parse(text).errors).toEqual([
    { field: 'body', message: 'Body should hold at most 10000 values' },
  ]);
});

test('a large body of few values is parsed, whatever its strings contain', async () => {
  const description = '[{,'.repeat(30_000);
  const { text } = await send(api.baseUrl, post(JSON.stringify({ ...mouse, description })));
  expect(JSON.parse(text).errors).toEqual([expect.objectContaining({ field: 'description' })]);
});

test('connections above the limit are closed, counted and logged', async () => {
  const limited = await startApi({ env: { MAX_CONNECTIONS: '2' } });
  onTestFinished(() => limited.stop());
  const { hostname, port } = new URL(limited.baseUrl);
  const open = Array.from({ length: 2 }, () => connect({ host: hostname, port: Number(port) }));
  onTestFinished(() => {
    for (const socket of open) {
      socket.destroy();
    }
  });
  await eventually(async () => {
    expect(await converse(limited.baseUrl, 'GET /health HTTP/1.1\r\nHost: x\r\n\r\n')).toBe('');
  }, patient);
  open[0]?.destroy();
  await eventually(async () => {
    const families = await readMetrics(limited.baseUrl);
    expect(sumOf(families, 'product_api_dropped_connections_total')).toBeGreaterThan(0);
  }, patient);
  await eventually(() => limited.logLines().some((line) => line.includes('MAX_CONNECTIONS')));
});

test('a body that exceeds the memory for bodies is refused before it is read', async () => {
  const { hostname, port } = new URL(api.baseUrl);
  const head = `POST /products HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${MEBIBYTE}\r\n\r\n`;
  // 256 announced bodies that never arrive reserve all memory for bodies.
  const sockets = Array.from({ length: 256 }, () => {
    const socket = connect({ host: hostname, port: Number(port) }, () => socket.write(head));
    return socket.on('error', () => undefined);
  });
  onTestFinished(() => {
    for (const socket of sockets) {
      socket.destroy();
    }
  });
  await eventually(async () => {
    const [response] = responsesIn(await converse(api.baseUrl, head, { halfClose: true }));
    expect(response).toMatchObject({ status: 503, headers: { 'retry-after': '1' } });
  }, patient);
});
