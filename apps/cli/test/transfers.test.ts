import { readFile, writeFile } from 'node:fs/promises';
import {
  type RunningApi,
  startApi,
  type TemporaryFolder,
  temporaryFolder,
} from '@product-api/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { progressText } from '../src/output/transfer-progress.js';
import { runCatalog } from './run-catalog.js';

let api: RunningApi;
let folder: TemporaryFolder;
const catalog = (args: readonly string[], stdin = '') =>
  runCatalog(['products', ...args], { baseUrl: api.baseUrl, stdin });

const mouse = { name: 'Mouse', description: 'a, "b"\nc', price: 9.5, stock_quantity: 1 };

beforeAll(async () => {
  folder = await temporaryFolder();
  api = await startApi({ env: { SEED: 'false' } });
});
afterAll(async () => {
  await api?.stop();
  await folder.remove();
});

/** Writes lines of NDJSON to a file, and returns its path. */
async function ndjsonFile(name: string, lines: readonly object[]): Promise<string> {
  const path = folder.file(name);
  await writeFile(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  return path;
}

test('products are imported, exported to CSV by the name of the file, and imported again', async () => {
  const lines = Array.from({ length: 250 }, (_, index) => ({ ...mouse, name: `Mouse ${index}` }));
  expect(await catalog(['import', await ndjsonFile('new.ndjson', lines)])).toEqual({
    exitCode: 0,
    stdout: 'Read 250 lines: 250 created, 0 updated, 0 unchanged, 0 failed.\n',
    stderr: '',
  });
  const csv = folder.file('products.csv');
  expect(await catalog(['export', csv, '--sort', 'name'])).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: '',
  });
  expect((await readFile(csv, 'utf8')).split('\r\n')).toHaveLength(252);
  const again = await catalog(['import', csv, '--mode', 'update', '--json']);
  expect(JSON.parse(again.stdout)).toMatchObject({ unchanged: 250, complete: true });
  const { stdout } = await catalog(['export', '--max-price', '9.5', '--in-stock']);
  expect(stdout.trimEnd().split('\n')).toHaveLength(250);
  const none = await catalog(['export', '--out-of-stock', '--format', 'csv']);
  expect(none.stdout).toBe('id,name,description,price,stock_quantity\r\n');
});

test('failed lines are shown or written to a file, and decide the exit code', async () => {
  const bad = Array.from({ length: 22 }, () => ({ ...mouse, price: -1 }));
  const file = await ndjsonFile('bad.ndjson', [mouse, ...bad]);
  const shown = await catalog(['import', file, '--on-error', 'skip', '--dry-run']);
  expect(shown.exitCode).toBe(4);
  expect(shown.stderr).toContain('line 2: price: Value error, Price must be greater than zero\n');
  expect(shown.stderr).toContain('2 more lines failed; --failed writes all to a file.\n');
  const failed = folder.file('failed.ndjson');
  const written = await catalog(['import', file, '--on-error', 'skip', '--failed', failed]);
  expect(written).toMatchObject({
    exitCode: 4,
    stdout: 'Read 23 lines: 1 created, 0 updated, 0 unchanged, 22 failed.\n',
    stderr: '',
  });
  const lines = (await readFile(failed, 'utf8')).trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line).line)).toEqual(bad.map((_, index) => index + 2));
  const stopped = await catalog(['import', file]);
  expect(stopped.stdout).toMatch(/1 failed\. The import is not complete\.\n$/);
});

test('standard input is imported', async () => {
  const { stdout } = await catalog(['import', '-'], `${JSON.stringify(mouse)}\n`);
  expect(stdout).toMatch(/^Read 1 line: 1 created/);
});

test.each([
  [['import', '/no/file'], 2, '/no/file cannot be read: no such file or directory'],
  [['import', '-', '--mode', 'merge'], 2, 'Mode must be one of upsert, create, update: merge'],
  [['export', '/no/folder/file'], 2, '/no/folder/file cannot be written'],
  [['export', '--format', 'xml'], 2, 'Format must be one of ndjson, csv: xml'],
  [['export', '--min-price', '2', '--max-price', '1'], 4, 'min_price'],
])('products %j ends with exit code %i', async (args, exitCode, message) => {
  expect(await catalog(args)).toMatchObject({
    exitCode,
    stderr: expect.stringContaining(message),
  });
});

test('a file that cannot be read as a whole ends with the exit code of a rejected request', async () => {
  expect(await catalog(['import', '-', '--format', 'csv'], 'a,b\n')).toMatchObject({
    exitCode: 4,
    stderr: expect.stringContaining('Line 1 should have the names of fields'),
  });
});

test('a progress bar has the rate and the time that is left, as far as a terminal has room', () => {
  const quarter = { bytes: 10_000_000, totalBytes: 40_000_000 };
  const bar = '[######..................]';
  expect(progressText(quarter, 2)).toBe(`${bar} 25%  5.0 MB/s  6 s left`);
  expect(progressText(quarter, 2, 49)).toBe('25%  5.0 MB/s  6 s left');
  expect(progressText(quarter, 2, 20)).toBe('25%  5.0 MB/s');
  expect(progressText(quarter, 2, 5)).toBe('25%');
  expect(progressText(quarter, 100)).toBe(`${bar} 25%  0.1 MB/s  5 min left`);
  expect(progressText({ ...quarter, bytes: 40_000_000 }, 8)).toBe(
    `[${'#'.repeat(24)}] 100%  5.0 MB/s  waiting for the end`,
  );
  expect(progressText({ bytes: 10_000_000 }, 2)).toBe('10.0 MB  5.0 MB/s');
});
