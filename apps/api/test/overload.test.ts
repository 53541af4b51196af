import { connect, type Socket } from 'node:net';
import { createClient } from '@product-api/client';
import { productSorts } from '@product-api/contract';
import { eventually, type RunningApi, startApi } from '@product-api/testing';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { sumOf } from './prometheus-text.js';
import { converse, responsesIn } from './raw-connection.js';
import { type RawRequest, send } from './raw-request.js';
import { readMetrics } from './read-metrics.js';

const mebibyte = 1024 * 1024;
const productCount = 200;

/** The longest description as JSON: each of its characters is printed as six. */
const worstText = '\u0001'.repeat(10_000);

/**
 * Seconds of the event loop that no request may take: the slowest one takes about 0.1 s on a machine
 * that does nothing else, and other tests take the cores as well.
 */
const longestBlockSeconds = 2;

/** Where the machine is busy, conditions that take a second may take many. */
const patient = { timeoutMs: 60_000 };

let api: RunningApi;

beforeAll(async () => {
  api = await startApi({ env: { SEED: 'false', LOG_LEVEL: 'warn' } });
  const { products } = createClient({ baseUrl: api.baseUrl });
  for (let index = 0; index < productCount; index += 1) {
    const name = `Product ${index % 7}`;
    await products.create({
      name,
      description: worstText,
      price: 1 + (index % 5),
      stock_quantity: 1,
    });
  }
}, 120_000);

afterAll(() => api.stop());

/** Sends requests, and returns the longest block of the event loop meanwhile, in seconds. */
async function longestBlock(sendAll: () => Promise<unknown>): Promise<number> {
  await readMetrics(api.baseUrl);
  await sendAll();
  return sumOf(await readMetrics(api.baseUrl), 'nodejs_eventloop_lag_max_seconds');
}

describe('a page of the largest products', () => {
  test('ends at a mebibyte, and the next one goes on, in every order', async () => {
    const { products } = createClient({ baseUrl: api.baseUrl });
    for (const sort of productSorts) {
      const ids = new Set<string>();
      let cursor: string | undefined;
      do {
        const page = await products.listPage({ sort, limit: 200, cursor });
        expect(page.items.length).toBeGreaterThan(0);
        expect(JSON.stringify(page).length).toBeLessThan(1.1 * mebibyte);
        for (const { id } of page.items) {
          expect(ids).not.toContain(id);
          ids.add(id);
        }
        cursor = page.next_cursor ?? undefined;
      } while (cursor !== undefined);
      expect(ids.size).toBe(productCount);
    }
  });

  test('twenty at once do not keep a health check waiting', async () => {
    const pages = Array.from({ length: 20 }, (_, index) =>
      send(api.baseUrl, { path: `/products?limit=${200 - index}` }),
    );
    const startedAt = performance.now();
    expect((await send(api.baseUrl, { path: '/health' })).status).toBe(200);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    // Those that would wait for more than a second are refused.
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
const almostMebibyte = mebibyte - 100;

describe('no single request stops the event loop for long', () => {
  test.each<[title: string, request: RawRequest]>([
    ['a page of the largest products', { path: '/products?limit=200' }],
    ['a page of 20', { path: '/products?limit=20&sort=-name' }],
    [
      'the largest product',
      post(
        JSON.stringify({
          name: 'x'.repeat(200),
          description: worstText,
          price: 1,
          stock_quantity: 1,
        }),
      ),
    ],
    ['a body of nested arrays', post('['.repeat(almostMebibyte))],
    ['a body of nested arrays that end', post('['.repeat(400_000) + ']'.repeat(400_000))],
    [
      'a body of many members',
      post(`{${Array.from({ length: 90_000 }, (_, i) => `"a${i}":1`).join()}}`),
    ],
    ['a body of many elements', post(`[${'1,'.repeat(almostMebibyte / 2 - 10)}1]`)],
    ['a body of one long number', post('1'.repeat(almostMebibyte))],
    ['a body of white space', post(' '.repeat(almostMebibyte))],
    ['a body that breaks at its end', post(`[${'"x",'.repeat(almostMebibyte / 4 - 10)}`)],
    [
      'a long name',
      post(
        JSON.stringify({
          name: 'x'.repeat(almostMebibyte - 100),
          description: '',
          price: 1,
          stock_quantity: 1,
        }),
      ),
    ],
    [
      'a name of white space and surrogates',
      post(`{"name":"${' \\ud800'.repeat(almostMebibyte / 8)}"}`),
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
    expect(seconds).toBeLessThan(longestBlockSeconds);
  });
});

/** Opens connections that ask for a page each, and read nothing. */
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

describe('clients that read nothing', () => {
  const memory = async () =>
    sumOf(await readMetrics(api.baseUrl), 'process_resident_memory_bytes') / mebibyte;

  test('cost a bounded amount of memory, and others a bounded wait', {
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
    // 500 pages of a mebibyte each were asked for.
    expect(most).toBeLessThan(400);
    for (const socket of sockets) {
      socket.destroy();
    }
    await eventually(async () => {
      expect((await send(api.baseUrl, { path: '/products?limit=200' })).status).toBe(200);
    }, patient);
  });
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

test('a body that there is no room for is refused before it is read', async () => {
  const { hostname, port } = new URL(api.baseUrl);
  const head = `POST /products HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${mebibyte}\r\n\r\n`;
  // 256 bodies that never come take all the room that there is.
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
