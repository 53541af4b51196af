import { connect } from 'node:net';
import { createClient } from '@product-api/client';
import { openDatabase } from '@product-api/database';
import {
  eventually,
  type RunningApi,
  startApi,
  startNginx,
  temporaryFolder,
} from '@product-api/testing';
import { describeWith } from '@product-api/testing/describe-with';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sumOf } from '../prometheus-text.js';
import { send } from '../raw-request.js';
import { readMetrics } from '../read-metrics.js';
import { mouse } from '../sample-product.js';
import { cursorNow, readChanges } from './change-requests.js';
import { interpret, type OpenStream, openStream } from './event-stream.js';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let api: RunningApi;
let baseUrl: string;
/** Lasts from the first test to the last. */
let quiet: OpenStream;

beforeAll(async () => {
  folder = await temporaryFolder();
  const url = `file:${folder.file('catalog.db')}`;
  api = await startApi({ env: { DATABASE_URL: url, SEED: 'false', CHANGE_STREAMS_MAX: '12' } });
  ({ baseUrl } = api);
  quiet = await openStream(baseUrl);
});

afterAll(async () => {
  await api.stop();
  await folder.remove();
});

const running = async (kind: string) =>
  sumOf(await readMetrics(baseUrl), 'product_api_change_streams_running', { kind });

test('streams and waiting requests share a limit, and count as long as they last', async () => {
  const streams = await Promise.all(Array.from({ length: 10 }, () => openStream(baseUrl)));
  const waiting = readChanges(baseUrl, { wait: 20 });
  await eventually(async () => {
    expect([await running('stream'), await running('wait')]).toEqual([11, 1]);
  });
  for (const path of ['/changes/stream', '/changes?wait=1']) {
    const { status, headers } = await send(baseUrl, { path });
    expect([status, headers['retry-after']]).toEqual([503, '1']);
  }
  expect((await readChanges(baseUrl)).status).toBe(200);
  for (const { close } of streams) {
    close();
  }
  await eventually(async () => expect(await running('stream')).toBe(1));
  await createClient({ baseUrl }).products.create(mouse);
  expect((await waiting).body.items).toHaveLength(1);
  expect(await running('wait')).toBe(0);
  // Node warns of a leak when a signal has more than ten listeners.
  expect(api.logLines().join()).not.toContain('Warning');
});

test('a client that leaves a stream is not logged as one that aborted a request', async () => {
  const stream = await openStream(baseUrl, { query: 'kind=delete' });
  stream.close();
  await eventually(() => {
    const lines = api.logLines().filter((line) => line.includes('kind=delete'));
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ level: 'info', status: 200 }]);
  });
});

describeWith('nginx')('behind nginx', () => {
  test('an event arrives at once', async () => {
    const nginx = await startNginx({
      directives: `
        gzip on;
        gzip_types *;
        gzip_min_length 1;
        location /catalog/ { proxy_pass ${baseUrl}/; }`,
    });
    const stream = await openStream(`${nginx.baseUrl}/catalog`);
    const { id } = await createClient({ baseUrl }).products.create(mouse);
    expect(await stream.untilChanges(1)).toMatchObject([{ kind: 'create', product_id: id }]);
    stream.close();
    await nginx.stop();
  });
});

test('a client that reads nothing is ended, and others go on', { timeout: 90_000 }, async () => {
  const after = await cursorNow(baseUrl);
  const { client, close } = await openDatabase({ url: `file:${folder.file('catalog.db')}` });
  // More than the buffers of a connection hold.
  await client.$executeRawUnsafe(`
    WITH RECURSIVE numbers (number) AS (
      SELECT 1 UNION ALL SELECT number + 1 FROM numbers WHERE number < 2500
    )
    INSERT INTO products
      (id, name, description, price_units, stock_quantity, created_at, updated_at)
    SELECT
      printf('10000000-0000-4000-8000-%012d', number), 'Lamp', printf('%.*c', 9000, 'x'), 1, 0, 0, 0
    FROM numbers`);
  const { hostname, port } = new URL(baseUrl);
  const stalled = connect(Number(port), hostname);
  const stalledEnd = new Promise((resolve) => stalled.once('close', resolve));
  stalled.on('error', () => undefined).pause();
  const path = `/changes/stream?after=${after}&include=product`;
  stalled.write(`GET ${path} HTTP/1.1\r\nHost: ${hostname}\r\n\r\n`);
  await eventually(async () => expect(await running('stream')).toBe(2));
  await eventually(async () => expect(await running('stream')).toBe(1), { timeoutMs: 60_000 });
  stalled.resume();
  await stalledEnd;
  await client.$executeRawUnsafe("DELETE FROM products WHERE id LIKE '10000000-%'");
  await close();
  await eventually(() => expect(quiet.changes().length).toBeGreaterThanOrEqual(5000));
});

test('a stream without changes gets an event without data', { timeout: 60_000 }, async () => {
  const before = quiet.text();
  await eventually(() => expect(quiet.text().length).toBeGreaterThan(before.length), {
    timeoutMs: 50_000,
  });
  expect(interpret(quiet.text()).events).toHaveLength(interpret(before).events.length);
  expect(quiet.text().slice(before.length)).toBe(`id: ${await cursorNow(baseUrl)}\n\n`);
});

test('a stop ends streams and waiting requests at once and properly', async () => {
  const waiting = readChanges(baseUrl, { wait: 30 });
  await eventually(async () => expect(await running('wait')).toBe(1));
  const after = await cursorNow(baseUrl);
  const started = performance.now();
  api.kill('SIGTERM');
  expect(await quiet.ended).toBe(true);
  const { status, body } = await waiting;
  expect({ status, body }).toEqual({ status: 200, body: { items: [], next_cursor: after } });
  expect(await api.exit).toBe(0);
  expect(performance.now() - started).toBeLessThan(9000);
  expect(api.logLines().join()).not.toContain('request failed');
});
