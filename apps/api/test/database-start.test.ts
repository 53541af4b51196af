import {
  chmodSync,
  closeSync,
  cpSync,
  mkdirSync,
  openSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { openDatabase } from '@product-api/database';
import { expect, onTestFinished, test } from 'vitest';
import { startOn, temporaryCatalog } from './api-on-file.js';
import { makeCatalog } from './make-catalog.js';
import { ordinaryUser } from './ordinary-user.js';
import { runToEnd } from './run-to-end.js';

const faults: readonly [name: string, fault: (file: string) => void, reason: string][] = [
  ['that is text', (file) => writeFileSync(file, 'text '.repeat(9999)), 'is not a database'],
  ['that was cut off', (file) => truncateSync(file, 8192), 'is damaged'],
  ['with a page of garbage', (file) => spoil(file, statSync(file).size - 4096), 'is damaged'],
  ['that is a directory', (file) => replaceByFolder(file), 'is a directory'],
  ['without read permission', (file) => chmodSync(file, 0), 'cannot be opened'],
];

test.each(faults)(
  'a database file %s ends the start with one sentence',
  async (_, fault, reason) => {
    const { file } = await temporaryCatalog();
    await makeCatalog(file);
    fault(file);
    const { code, output } = await runToEnd({ DATABASE_URL: `file:${file}` }, ordinaryUser);
    expect(code).toBe(1);
    expect(output).toContain(`${file} `);
    expect(output).toContain(reason);
    expect(output.trim().split('\n')).toHaveLength(1);
  },
);

test('a backup that was copied beside the write-ahead log of another database is refused', {
  timeout: 60_000,
}, async () => {
  const { file } = await temporaryCatalog();
  const before = await startOn(file);
  await Promise.all(Array.from({ length: 200 }, before.create));
  await before.api.stop();
  const { api, create } = await startOn(file);
  expect((await create()).status).toBe(201);
  api.kill('SIGKILL');
  await api.exit;
  await makeCatalog(`${file}.backup`, INSERT_PRODUCTS);
  cpSync(`${file}.backup`, file);
  const { code, output } = await runToEnd({ DATABASE_URL: `file:${file}` });
  expect(code).toBe(1);
  expect(output).toContain('is damaged');
});

test('a database of a newer version is refused with the name of the migration', async () => {
  const { file } = await temporaryCatalog();
  await makeCatalog(
    file,
    `INSERT INTO _prisma_migrations
      (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
    VALUES ('x', 'y', '29991231000000_product_colour', 0, 0, 1)`,
  );
  const { code, output } = await runToEnd({ DATABASE_URL: `file:${file}` });
  expect(code).toBe(1);
  expect(output).toContain('has the migration 29991231000000_product_colour');
  expect(output.trim().split('\n')).toHaveLength(1);
  await expect(openDatabase({ url: `file:${file}` })).rejects.toThrow('product_colour');
});

test('a database that another process locks ends the start with one sentence', async () => {
  const { file } = await temporaryCatalog();
  await makeCatalog(file);
  const other = await openDatabase({ url: `file:${file}` });
  onTestFinished(() => other.close());
  const run = await other.client.$transaction(() => runToEnd({ DATABASE_URL: `file:${file}` }), {
    timeout: 15_000,
  });
  expect(run.code).toBe(1);
  expect(run.output).toContain('is locked by another process');
  expect(run.output.trim().split('\n')).toHaveLength(1);
});

/** Inserts so many rows that the pages of the former catalog do not match. */
const INSERT_PRODUCTS = `
  WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
  INSERT INTO products
    (id, name, description, price_units, stock_quantity, created_at, updated_at)
  SELECT printf('%08x-0000-4000-8000-%012x', random() & 0xffffffff, i), 'Lamp', '', i, i, i, i FROM n`;

/** Overwrites a page with garbage. */
function spoil(file: string, position: number): void {
  const descriptor = openSync(file, 'r+');
  writeSync(descriptor, Buffer.alloc(4096, 0x7f), 0, 4096, position);
  closeSync(descriptor);
}

function replaceByFolder(file: string): void {
  rmSync(file);
  mkdirSync(file);
}
