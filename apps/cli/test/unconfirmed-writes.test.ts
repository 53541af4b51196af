import { type RunningApi, startApi } from '@product-api/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { InterruptedError } from '../src/errors.js';
import { runCatalog } from './run-catalog.js';
import { startServer } from './start-server.js';

const ID = '3f2b8c1e-7d54-4f0a-9b6e-1c2d3e4f5a6b';
const LAMP = ['create', '--name', 'Lamp', '--price', '12.5', '--stock', '3'];

/** What a write prints that may have been made. */
const HINT =
  /\n {2}The write may have been made\. .+ this key:\n {2}--idempotency-key ([\w-]{36})\n$/;

let api: RunningApi;
const catalog = (args: readonly string[], baseUrl = api.baseUrl) =>
  runCatalog(['products', ...args], { baseUrl });
const stock = (args: readonly string[], stdin = '') =>
  runCatalog(['stock', ...args], { baseUrl: api.baseUrl, stdin });

beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api?.stop());

test('a write with the same key is made once, and prints the same', async () => {
  const args = [...LAMP, '--idempotency-key', 'lamp-1', '--json'];
  const [first, second] = [await catalog(args), await catalog(args)];
  expect(first).toMatchObject({ exitCode: 0, stderr: '' });
  expect(second).toEqual(first);
  const { id } = JSON.parse(first.stdout);
  const deletion = ['delete', id, '--idempotency-key', 'lamp-2'];
  expect(await catalog(deletion)).toMatchObject({ exitCode: 0 });
  expect(await catalog(deletion)).toMatchObject({ exitCode: 0, stdout: `Deleted ${id}\n` });
});

test('an adjustment with the same key is made once', async () => {
  const { stdout } = await catalog([...LAMP, '--json']);
  const { id } = JSON.parse(stdout);
  const one = ['adjust', id, '-1', '--idempotency-key', 'sale-1', '--json'];
  const first = await stock(one);
  expect(JSON.parse(first.stdout)).toMatchObject({ stock_quantity: 2 });
  expect(await stock(one)).toEqual(first);
  const lines = ['adjust', '--file', '-', '--idempotency-key', 'sale-2', '--json'];
  const line = JSON.stringify({ product_id: id, delta: -1 });
  const second = await stock(lines, line);
  expect(JSON.parse(second.stdout)).toMatchObject({ stock_quantity: 1 });
  expect(await stock(lines, line)).toEqual(second);
});

test('a key of another write is an error', async () => {
  const args = (price: string) => [...LAMP, '--price', price, '--idempotency-key', 'lamp-3'];
  await catalog(args('1'));
  const { exitCode, stderr } = await catalog(args('2'));
  expect(exitCode).toBe(4);
  expect(stderr).toContain('The Idempotency-Key was used for another request');
  expect(stderr).not.toMatch(HINT);
});

test.each(['', 'a b', 'ä', 'x'.repeat(256)])('%j is not a key', async (key) => {
  const { exitCode, stderr } = await catalog([...LAMP, '--idempotency-key', key]);
  expect({ exitCode, stderr }).toEqual({
    exitCode: 2,
    stderr:
      'error: Idempotency key must have 1 to 255 ASCII characters, and no spaces: for example a UUID\n',
  });
});

test.each([
  [['products', ...LAMP]],
  [['products', 'update', ID, '--price', '1']],
  [['products', 'delete', ID]],
  [['stock', 'adjust', ID, '-1']],
  [['stock', 'adjust', '--file', '-']],
])('a write without a response prints its key: %j', async (args) => {
  const sent: unknown[] = [];
  const baseUrl = await startServer((request) => {
    sent.push(request.headers['idempotency-key']);
    request.socket.destroy();
  });
  const { exitCode, stdout, stderr } = await runCatalog(args, { baseUrl, stdin: '{}' });
  expect({ exitCode, stdout }).toEqual({ exitCode: 6, stdout: '' });
  expect(sent).toEqual([`"${HINT.exec(stderr)?.[1]}"`]);
});

test('a write that the service failed, or that is interrupted, prints its key too', async () => {
  const failing = await startServer((_request, response) => response.writeHead(503).end());
  const failed = await catalog([...LAMP, '--idempotency-key', "it's"], failing);
  expect(failed.exitCode).toBe(7);
  expect(failed.stderr).toContain(String.raw`  --idempotency-key 'it'\''s'`);

  const interruption = new AbortController();
  const silent = await startServer(() => interruption.abort(new InterruptedError()));
  const { signal } = interruption;
  const interrupted = await runCatalog(['products', ...LAMP], { baseUrl: silent, signal });
  expect(interrupted.exitCode).toBe(130);
  expect(interrupted.stderr).toMatch(/^error: Interrupted\n/);
  expect(interrupted.stderr).toMatch(HINT);
});

test('a write that was refused, and a read without a response, print no key', async () => {
  const refused = await catalog(['create', '--name', ' ', '--price', '1', '--stock', '1']);
  expect(refused.stderr).not.toContain('idempotency-key');
  const silent = await startServer((request) => request.socket.destroy());
  expect((await catalog(['get', ID], silent)).stderr).not.toContain('idempotency-key');
});
