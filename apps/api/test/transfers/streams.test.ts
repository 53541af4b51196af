import { get, type IncomingMessage } from 'node:http';
import { eventually, type RunningApi, startApi } from '@product-api/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sumOf } from '../prometheus-text.js';
import { send } from '../raw-request.js';
import { readMetrics } from '../read-metrics.js';
import { openImport } from './open-import.js';
import { importFile, ndjson, numberedLines } from './transfer-requests.js';

let api: RunningApi;

/** More than the buffers of a connection hold. */
const large = Array.from({ length: 2500 }, (_, index) => ({
  name: `Large ${index}`,
  description: 'x'.repeat(9000),
  price: 1,
  stock_quantity: 0,
}));

beforeAll(async () => {
  api = await startApi({ env: { SEED: 'false', RATE_LIMITS: 'off' } });
  await importFile(api.baseUrl, ndjson(large));
}, 60_000);

afterAll(() => api.stop());

/** Begins an export without reading it. */
function openExport(): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get(`${api.baseUrl}/exports/products`, { agent: false }, resolve).on('error', reject);
  });
}

const running = async (kind: string) =>
  sumOf(await readMetrics(api.baseUrl), 'product_api_streams_running', { kind });

/** Resolves when a response ended, and says whether it was complete. */
function ended(response: IncomingMessage): Promise<boolean> {
  return new Promise((resolve) => {
    response.once('close', () => resolve(response.complete)).resume();
    response.on('error', () => undefined);
  });
}

test('streams have metrics of their own, and are not in the durations of requests', async () => {
  const before = await readMetrics(api.baseUrl);
  const labels = { kind: 'import', complete: 'true' };
  const open = openImport(api.baseUrl);
  await open.send(numberedLines(3));
  await eventually(async () => expect(await running('import')).toBe(1));
  open.outgoing.end(ndjson([{ price: 0 }]));
  await open.lastLine();
  await importFile(api.baseUrl, numberedLines(2));
  await eventually(async () => expect(await running('import')).toBe(0));
  const after = await readMetrics(api.baseUrl);
  const grown = (name: string, some: Record<string, string>) =>
    sumOf(after, name, some) - sumOf(before, name, some);
  expect(grown('product_api_streams_total', labels)).toBe(1);
  expect(grown('product_api_streams_total', { ...labels, complete: 'false' })).toBe(1);
  expect(grown('product_api_stream_lines_total', { outcome: 'created' })).toBe(5);
  expect(grown('product_api_stream_lines_total', { outcome: 'failed' })).toBe(1);
  expect(sumOf(after, 'http_request_duration_seconds_count', { route: '/imports/products' })).toBe(
    0,
  );
});

test('a ninth stream is refused until another one ends', async () => {
  const open = Array.from({ length: 8 }, () => openImport(api.baseUrl));
  await Promise.all(open.map((each) => each.send('\n')));
  await eventually(async () => expect(await running('import')).toBe(8));
  const { status, headers } = await send(api.baseUrl, { path: '/exports/products' });
  expect({ status, retryAfter: headers['retry-after'] }).toEqual({ status: 503, retryAfter: '1' });
  // A client that leaves ends its stream.
  for (const { outgoing } of open) {
    outgoing.destroy();
  }
  await eventually(async () => expect(await running('import')).toBe(0));
});

test('a line that the client has sent is reported while it sends, with report=all', async () => {
  const open = openImport(api.baseUrl, { query: 'report=all&dry_run=true' });
  await open.send(numberedLines(200));
  const response = await open.response;
  const [chunk] = await Promise.all([
    new Promise<Buffer>((resolve) => response.once('data', resolve)),
  ]);
  expect(String(chunk)).toMatch(/^\{"line":1,/);
  open.outgoing.end();
});

test('a client that sends a large body with Expect is invited, and imports it', async () => {
  const open = openImport(api.baseUrl, {
    query: 'dry_run=true',
    headers: { Expect: '100-continue', 'Content-Length': String(2 ** 31) },
  });
  await new Promise((resolve) => open.outgoing.once('continue', resolve));
  open.outgoing.destroy();
});

test('a client that reads or sends nothing is ended', { timeout: 90_000 }, async () => {
  const exportedLines = async () =>
    sumOf(await readMetrics(api.baseUrl), 'product_api_stream_lines_total', {
      outcome: 'exported',
    });
  const before = await exportedLines();
  const stalled = await openExport();
  const silent = openImport(api.baseUrl);
  await silent.send(numberedLines(10));
  await eventually(async () => expect(await running('export')).toBe(0), { timeoutMs: 30_000 });
  // An export reads no page that its client has no room for.
  expect((await exportedLines()) - before).toBeLessThan(large.length);
  expect(await ended(stalled)).toBe(false);
  const { summary, problem } = await silent.lastLine();
  expect(summary).toMatchObject({ created: 10, complete: false });
  expect(problem?.type).toBe('urn:product-api:problem:request-timeout');
  silent.outgoing.destroy();
});

test('a stop breaks exports, and ends in time', async () => {
  const response = await openExport();
  await eventually(async () => expect(await running('export')).toBe(1));
  api.kill('SIGTERM');
  expect(await ended(response)).toBe(false);
  expect(await api.exit).toBe(0);
  expect(api.logLines().join()).not.toContain('request failed');
});
