import { Agent, get } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { createClient } from '@product-api/client';
import { eventually, type RunningApi, startApi, startRedis } from '@product-api/testing';
import { Redis } from 'ioredis';
import { expect, onTestFinished, test } from 'vitest';
import { ADMIN_KEY, bearer } from './auth/keys.js';
import { send } from './raw-request.js';
import { mouse } from './sample-product.js';

/** Settings without polls of the change log and audits during the test. */
const quiet = { CACHE_POLL_MS: '600000', REDIS_TIMEOUT_MS: '5000', LOG_LEVEL: 'info' };

/** The limits for a read that is alone in its tick; reads of one tick share most promises. */
const maxWorkPerRead = {
  promises: 8,
  immediates: 0,
  timers: 0,
  headersSet: 0,
  prototypesChanged: 0,
  jsonCalls: 0,
  // One to Redis and one to the client.
  socketWrites: 2,
  // Passes through Express's router.
  routed: 0,
};

interface StartOptions {
  readonly preloaded?: string;
  readonly settings?: Readonly<Record<string, string>>;
}

async function startOnRedis({ preloaded, settings }: StartOptions = {}) {
  const server = await startRedis();
  const redis = new Redis(server.url);
  const preload = preloaded && { NODE_OPTIONS: `--import=${new URL(preloaded, import.meta.url)}` };
  const api = await startApi({ env: { ...quiet, REDIS_URL: server.url, ...preload, ...settings } });
  onTestFinished(async () => {
    await api.stop();
    redis.disconnect();
    await server.stop();
  });
  return { api, redis };
}

async function createProduct({ baseUrl }: RunningApi, headers = {}): Promise<string> {
  return (await createClient({ baseUrl, headers }).products.create(mouse)).id;
}

/** Reads one after the other over one connection. */
async function readAgain(
  baseUrl: string,
  path: string,
  {
    times,
    headers,
  }: { readonly times: number; readonly headers: Readonly<Record<string, string>> },
): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  for (let time = 0; time < times; time++) {
    await new Promise((resolve, reject) => {
      get(`${baseUrl}${path}`, { agent, headers }, (response) =>
        response.resume().on('end', resolve),
      ).on('error', reject);
    });
  }
  agent.destroy();
}

type Counts = Record<string, number>;

async function countsOf(api: RunningApi): Promise<Counts> {
  const reports = () => api.logLines().filter((line) => line.startsWith('{"counts"'));
  const before = reports().length;
  api.kill('SIGUSR2');
  await eventually(() => expect(reports().length).toBe(before + 1));
  return JSON.parse(reports().at(-1) ?? '').counts;
}

test.each([
  ['a cached read', {}, {}],
  ['a cached read with a key', { AUTH: 'all', ADMIN_API_KEY: ADMIN_KEY }, bearer(ADMIN_KEY)],
  ['a cached read with limits', { RATE_LIMITS: 'read=10000/1s, write=off, bulk=off' }, {}],
])('%s does no more work than its limits', async (_title, settings, headers) => {
  const { api } = await startOnRedis({ preloaded: './count-work.js', settings });
  const path = `/products/${await createProduct(api, headers)}`;
  await readAgain(api.baseUrl, path, { times: 50, headers });
  const before = await countsOf(api);
  const reads = 200;
  await readAgain(api.baseUrl, path, { times: reads, headers });
  const after = await countsOf(api);
  for (const [name, atMost] of Object.entries(maxWorkPerRead)) {
    const times = ((after[name] ?? 0) - (before[name] ?? 0)) / reads;
    expect(Math.round(times), name).toBeLessThanOrEqual(atMost);
  }
});

test('reads of one tick are one Redis command, except the first', async () => {
  const { api, redis } = await startOnRedis();
  const ids = await Promise.all(Array.from({ length: 20 }, () => createProduct(api)));
  for (const id of ids) {
    await send(api.baseUrl, { path: `/products/${id}` });
  }
  await redis.config('RESETSTAT');
  const { hostname, port } = new URL(api.baseUrl);
  const socket = connect({ host: hostname, port: Number(port) });
  const requests = [...ids, ...ids].map(
    (id, index) =>
      `GET /products/${id} HTTP/1.1\r\nHost: test\r\n${index === 39 ? 'Connection: close\r\n' : ''}\r\n`,
  );
  socket.write(requests.join(''));
  const responses = await text(socket);
  expect(responses.match(/X-Cache: HIT/g)).toHaveLength(40);
  const stats = await redis.info('commandstats');
  expect(/cmdstat_get:calls=(\d+)/.exec(stats)?.[1]).toBe('1');
  expect(/cmdstat_mget:calls=(\d+)/.exec(stats)?.[1]).toBe('1');
});

test('the fast path uses the route of the contract', async () => {
  const { api } = await startOnRedis({ preloaded: './move-read-route.js' });
  const id = await createProduct(api);
  const path = `/goods/${id}`;
  const outcomes = [];
  for (const each of [path, path, `/products/${id}`]) {
    const { status, headers } = await send(api.baseUrl, { path: each });
    outcomes.push(`${status} ${headers['x-cache']}`);
  }
  expect(outcomes).toEqual(['200 MISS', '200 HIT', '405 undefined']);
});
