import { type RunningApi, startApi } from '@product-api/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCatalog } from './run-catalog.js';
import { startServer } from './start-server.js';

let api: RunningApi;
const list = (...args: string[]) =>
  runCatalog(['products', 'list', ...args], { baseUrl: api.baseUrl, columns: 100 });

beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api?.stop());

async function prices(...args: string[]): Promise<number[]> {
  const { stdout } = await list('--json', ...args);
  const lines = stdout.split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line).price);
}

test('the table has one line per product and fits the terminal’s width', async () => {
  const { stdout, stderr, exitCode } = await list();
  const lines = stdout.trimEnd().split('\n');
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(lines[0]).toMatch(/^ID +NAME +PRICE +STOCK +DESCRIPTION$/);
  expect(lines).toHaveLength(6);
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(100);
});

test('--json prints one product per line', async () => {
  const all = await prices('--all', '--sort', 'price');
  expect(all).toHaveLength(5);
  expect(all).toEqual(all.toSorted((a, b) => a - b));
});

test('--limit counts products across pages, and says when there are more', async () => {
  const { stdout, stderr, exitCode } = await list('--json', '--limit', '3', '--page-size', '2');
  expect({ exitCode, stderr }).toEqual({
    exitCode: 0,
    stderr: 'Only the first 3 are shown; use --limit or --all for more.\n',
  });
  expect(stdout.trimEnd().split('\n')).toHaveLength(3);
  expect(await list('--limit', '5')).toMatchObject({ stderr: '' });
});

test('--columns chooses the columns and their order in every format', async () => {
  const words = ['--sort', 'price', '--limit', '1', '--columns', 'price,name', '--output'];
  const [table, json, csv] = await Promise.all(
    ['table', 'ndjson', 'csv'].map(async (format) => (await list(...words, format)).stdout),
  );
  expect(table).toMatch(/^ PRICE {2}NAME\n199\.50 {2}Wireless headphones\n$/);
  expect(json).toBe('{"price":199.5,"name":"Wireless headphones"}\n');
  expect(csv).toBe('price,name\r\n199.5,Wireless headphones\r\n');
});

test('CSV has every field of a product, and a heading also without products', async () => {
  const { stdout } = await list('--output', 'csv', '--sort', 'price', '--limit', '1');
  expect(stdout).toMatch(/^id,name,price,stock_quantity,description\r\n[0-9a-f-]{36},[^\r]+\r\n$/);
  const { stdout: none } = await list('--output', 'csv', '--out-of-stock');
  expect(none).toBe('id,name,price,stock_quantity,description\r\n');
});

test('an unknown column is refused with the nearest one', async () => {
  expect(await list('--columns', 'id,prise')).toEqual({
    exitCode: 2,
    stdout: '',
    stderr:
      'error: There is no column prise. Did you mean price? ' +
      'Columns: id, name, price, stock_quantity, description\n',
  });
});

test('--json is the short form of --output json', async () => {
  const words = ['--sort', 'price', '--output'];
  expect(await list(...words, 'json')).toEqual(await list('--sort', 'price', '--json'));
  expect(await list('--json', ...words, 'csv')).toMatchObject({
    exitCode: 2,
    stderr: 'error: --json cannot be used with --output csv\n',
  });
});

test('pages are printed as they come', async () => {
  const id = '3f2b8c1e-7d54-4f0a-9b6e-1c2d3e4f5a6b';
  const lamp = { id, name: 'Lamp', description: '', price: 5, stock_quantity: 1 };
  const baseUrl = await startServer((request, response) => {
    if (request.url?.includes('cursor=next')) {
      request.socket.destroy();
    } else {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ items: [lamp], next_cursor: 'next' }));
    }
  });
  const words = ['products', 'list', '--all', '--output', 'csv', '--columns', 'name,price'];
  expect(await runCatalog(words, { baseUrl })).toMatchObject({
    exitCode: 6,
    stdout: 'name,price\r\nLamp,5\r\n',
  });
});

test('filters select products by price and stock', async () => {
  const all = await prices('--sort', 'price');
  const [lowest = 0] = all;
  expect(await prices('--max-price', String(lowest))).toEqual([lowest]);
  expect(await prices('--min-price', String(lowest + 0.01))).toHaveLength(4);
  expect(await prices('--in-stock')).toHaveLength(5);
  expect(await prices('--out-of-stock')).toEqual([]);
});

test('--query finds words, and beginnings of words', async () => {
  const { stdout } = await list('--json', '--query', 'wireless headph');
  expect(JSON.parse(stdout)).toMatchObject({ name: 'Wireless headphones' });
  const sorted = await prices('--query', 'gb -phone', '--sort', 'price');
  expect(sorted.length).toBeGreaterThan(1);
  expect(sorted).toEqual(sorted.toSorted((a, b) => a - b));
  expect(await prices('--query', '-gb')).toEqual([]);
});

test.each([
  [['--query', ''], 4],
  [['--query', 'a b c d e f g h i j k l m'], 4],
  [['--sort', 'relevance'], 2],
  [['--limit', '0'], 2],
  [['--limit', '3', '--all'], 2],
  [['--in-stock', '--out-of-stock'], 2],
  [['--sort', 'colour'], 2],
  [['--min-price', 'cheap'], 2],
  [['--page-size', '1000'], 4],
])('%j ends with exit code %i', async (args, exitCode) => {
  expect(await list(...args)).toMatchObject({ exitCode, stdout: '' });
});
