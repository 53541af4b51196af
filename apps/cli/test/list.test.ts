import { type RunningApi, startApi } from '@product-api/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCatalog } from './run-catalog.js';

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
