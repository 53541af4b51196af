import { type RunningApi, startApi } from '@product-api/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCatalog } from './run-catalog.js';

const UNKNOWN_ID = '3f2b8c1e-7d54-4f0a-9b6e-1c2d3e4f5a6b';

let api: RunningApi;
const catalog = (args: readonly string[], stdin = '') =>
  runCatalog(args, { baseUrl: api.baseUrl, stdin });
const stock = (...args: string[]) => catalog(['stock', ...args]);

beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api?.stop());

/** Creates a product with this stock, and returns its id. */
async function createMouse(quantity = 100): Promise<string> {
  const args = ['create', '--name', 'Mouse', '--price', '5', '--stock', String(quantity), '--json'];
  return JSON.parse((await catalog(['products', ...args])).stdout).id;
}

test('a negative delta needs no special form', async () => {
  const id = await createMouse();
  const sale = ['--reason', 'sale', '--reference', 'order-17'];
  expect(await stock('adjust', id, '-2', ...sale)).toMatchObject({
    exitCode: 0,
    stderr: '',
    stdout: expect.stringMatching(/^Stock {8}98$/m),
  });
  const { stdout } = await stock('adjust', id, '+5', '--expected', '98', '--json');
  expect(JSON.parse(stdout)).toMatchObject({ id, stock_quantity: 103 });
});

test('a ledger is a table, or JSON lines', async () => {
  const id = await createMouse();
  await stock('adjust', id, '-2', '--reason', 'sale', '--reference', 'order-17');
  const { stdout } = await stock('ledger', id);
  expect(stdout.replaceAll(/\d{4}-\S+Z/g, 'AT'.padEnd(24)).split('\n')).toEqual([
    'TIME                      DELTA  STOCK  REASON  REFERENCE',
    'AT                           -2     98  sale    order-17',
    'AT                         +100    100',
    '',
  ]);
  const { stdout: json, stderr } = await stock('ledger', id, '--limit', '1', '--json');
  expect(JSON.parse(json)).toMatchObject({ delta: -2, quantity_after: 98, reason: 'sale' });
  expect(stderr).toBe('Only the first 1 are shown; use --limit or --all for more.\n');
});

test('a ledger fits 60 columns', async () => {
  const id = await createMouse();
  const sale = ['--reason', 'sale at the counter', '--reference', 'order-17'];
  await stock('adjust', id, '-2', ...sale);
  const words = ['stock', 'ledger', id];
  const { stdout } = await runCatalog(words, { baseUrl: api.baseUrl, columns: 60 });
  expect(Math.max(...stdout.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(60);
  expect(stdout).toMatch(/^TIME +DELTA +STOCK +REASON +REFERENCE\n/);
});

test('the lines of a file are adjusted all or none', async () => {
  const [first, second] = [await createMouse(5), await createMouse(6)];
  const lines = (...deltas: number[]) =>
    [first, second]
      .map((product_id, index) => JSON.stringify({ product_id, delta: deltas[index] }))
      .join('\n\n');
  const args = ['stock', 'adjust', '--file', '-', '--reason', 'sale', '--json'];
  const { stdout } = await catalog(args, lines(-1, -2));
  const quantities = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).stock_quantity);
  expect(quantities).toEqual([4, 4]);
  expect(await catalog(args, lines(-5, -3))).toEqual({
    exitCode: 8,
    stdout: '',
    stderr: `error: There are not enough pieces in stock\n  ${first}: 5 requested, 4 in stock\n`,
  });
  expect(await catalog(args, `${lines(1, 1)}\nx`)).toMatchObject({
    exitCode: 2,
    stderr: 'error: Standard input must contain a JSON object per line: see line 4\n',
  });
  const nested = '['.repeat(100_000) + ']'.repeat(100_000);
  expect(await catalog(args, `${lines(1, 1)}\n{"delta": ${nested}}`)).toMatchObject({
    exitCode: 2,
    stderr: 'error: Standard input must be nested at most 100 levels deep: see line 4\n',
  });
  const { stdout: table } = await catalog(args.slice(0, -1), lines(1, 1));
  expect(table).toMatch(/^ID +NAME/);
});

test('another quantity than the expected one ends with the exit code of a refusal', async () => {
  const id = await createMouse(3);
  expect(await stock('adjust', id, '-1', '--expected', '4')).toEqual({
    exitCode: 8,
    stdout: '',
    stderr: `error: The quantity in stock is 3, not the expected 4\n  ${id}: 3 in stock\n`,
  });
});

test.each([
  [['adjust'], 2, 'An adjustment needs either an id and a delta, or --file'],
  [['adjust', UNKNOWN_ID], 2, 'An adjustment needs either an id and a delta, or --file'],
  [['adjust', UNKNOWN_ID, '1', '--file', '-'], 2, 'An adjustment needs either'],
  [['adjust', UNKNOWN_ID, 'two'], 2, 'Delta must be a whole number: two'],
  [['adjust', UNKNOWN_ID, '0'], 4, 'delta: Value error, Delta must not be zero'],
  [['adjust', UNKNOWN_ID, '1'], 3, `Product not found: ${UNKNOWN_ID}`],
  [['ledger', UNKNOWN_ID], 3, `Product not found: ${UNKNOWN_ID}`],
])('stock %j ends with exit code %i', async (args, exitCode, message) => {
  expect(await stock(...args)).toMatchObject({
    exitCode,
    stdout: '',
    stderr: expect.stringContaining(message),
  });
});
