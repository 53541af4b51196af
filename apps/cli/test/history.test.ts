import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Client, createClient } from '@product-api/client';
import { type RunningApi, startApi } from '@product-api/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startInTerminal } from './in-terminal.js';
import { runCatalog } from './run-catalog.js';

const onPath = fileURLToPath(new URL('../../../bin/', import.meta.url));
const UNKNOWN_ID = '3f2b8c1e-7d54-4f0a-9b6e-1c2d3e4f5a6b';
const lamp = { name: 'Lamp', description: 'Warm light', price: 12.5, stock_quantity: 3 };

let api: RunningApi;
let client: Client;
const products = (...args: string[]) => runCatalog(['products', ...args], { baseUrl: api.baseUrl });

beforeAll(async () => {
  api = await startApi();
  client = createClient({ baseUrl: api.baseUrl });
});
afterAll(() => api?.stop());

test('a history is a table of what each change replaced', async () => {
  const { id } = await client.products.create(lamp);
  await client.products.update(id, { price: 13, stock_quantity: 5 });
  await client.products.delete(id);
  const { stdout } = await products('history', id);
  expect(stdout.replaceAll(/\d{4}-\S+Z/g, 'AT'.padEnd(24)).split('\n')).toEqual([
    'VERSION  TIME                      KIND    KEY  BEFORE',
    expect.stringMatching(/^ {6}3 {2}AT {24}delete {7}name Lamp, description Warm light, price/),
    '      2  AT                        update       price 12.50, stock_quantity 3',
    '      1  AT                        create',
    '',
  ]);
  const { stdout: json } = await products('history', id, '--limit', '1', '--json');
  expect(JSON.parse(json)).toMatchObject({ version: 3, kind: 'delete', changed_by: null });
  const { stdout: csv } = await products('history', id, '--output', 'csv', '--columns', 'previous');
  expect(csv.split('\r\n')[2]).toBe('"{""price"":12.5,""stock_quantity"":3}"');
});

test('a deleted product is restored, and a product gets the values of a version', async () => {
  const { id } = await client.products.create(lamp);
  await client.products.update(id, { price: 13, stock_quantity: 5 });
  await client.products.delete(id);
  expect(await products('restore', id)).toMatchObject({
    exitCode: 0,
    stderr: '',
    stdout: expect.stringMatching(/^Price {8}13\.00$/m),
  });
  const args = [
    'restore',
    id,
    '--to-version',
    '1',
    '--keep-stock',
    '--idempotency-key',
    `key-${id}`,
  ];
  const { stdout } = await products(...args, '--json');
  expect(JSON.parse(stdout)).toEqual({ id, ...lamp, stock_quantity: 5 });
  expect(await products(...args, '--json')).toMatchObject({ exitCode: 0, stdout });
});

test('a deletion on a terminal says how to undo it, and else not', async () => {
  const { id } = await client.products.create(lamp);
  const PATH = `${onPath}:${dirname(process.execPath)}:${process.env['PATH']}`;
  const env = { PATH, CATALOG_URL: api.baseUrl, XDG_CONFIG_HOME: '/no' };
  const terminal = startInTerminal(`catalog products delete ${id}`, env);
  await terminal.shows(`To undo: catalog products restore ${id}`);
  await products('restore', id);
  const { stdout, stderr } = await products('delete', id);
  expect([stdout, stderr]).toEqual([`Deleted ${id}\n`, '']);
});

test.each([
  [['history', UNKNOWN_ID], 3, 'Product not found'],
  [['restore', UNKNOWN_ID], 3, 'Product not found'],
  [['restore', UNKNOWN_ID, '--to-version', '0'], 2, 'Version must be a whole number above zero'],
])('products %j ends with exit code %i', async (args, exitCode, message) => {
  expect(await products(...args)).toMatchObject({
    exitCode,
    stdout: '',
    stderr: expect.stringContaining(message),
  });
});

test('a version that is not there, or none for a product that exists, is an error', async () => {
  const { id } = await client.products.create(lamp);
  const missing = await products('restore', id, '--to-version', '9');
  expect(missing).toMatchObject({ exitCode: 3, stdout: '' });
  const unnamed = await products('restore', id);
  expect(unnamed).toMatchObject({ exitCode: 4, stderr: expect.stringMatching(/ {2}version: /) });
});
