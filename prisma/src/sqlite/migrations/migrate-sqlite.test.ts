import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { startTogether } from '../../../test/start-together.js';
import { connectTo, temporaryFile, temporaryFolder } from '../../../test/temporary-database.js';
import {
  EditedMigrationError,
  FailedMigrationError,
  UnfinishedMigrationError,
} from '../../errors/migration-errors.js';
import { migrate } from '../../migrate.js';

const ownMigrations = fileURLToPath(new URL('../../../migrations', import.meta.url));
const allMigrations = readdirSync(ownMigrations, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();
const INITIAL = '20261122000000_initial';
const SAFE_VERSIONS = '20261127130000_safe_versions';

test('a new database gets every migration, and a second call applies nothing', async () => {
  const { url } = temporaryFile();
  const reported: string[] = [];
  expect(await migrate({ url, onApplied: (name) => reported.push(name) })).toEqual(allMigrations);
  expect(reported).toEqual(allMigrations);
  expect(await migrate({ url })).toEqual([]);
});

test('a missing folder is created', async () => {
  const { file } = temporaryFile();
  const deeper = join(dirname(file), 'a', 'b', 'catalog.db');
  await migrate({ url: `file:${deeper}` });
  expect(existsSync(deeper)).toBe(true);
});

test('a migrated database has a write-ahead log', async () => {
  const { file, url } = temporaryFile();
  await migrate({ url });
  expect(connectTo(file).pragma('journal_mode')).toEqual([{ journal_mode: 'wal' }]);
});

test('processes that start at the same time apply each migration once', async () => {
  const { file, url } = temporaryFile();
  const outcomes = await startTogether(url, 4);
  expect(outcomes.flatMap(({ applied }) => applied)).toEqual(allMigrations);
  expect(connectTo(file).prepare('SELECT * FROM _prisma_migrations').all()).toHaveLength(
    allMigrations.length,
  );
});

test('a migration that was edited after it was applied is refused', async () => {
  const { url } = temporaryFile();
  const migrationsFolder = copyOfMigrations();
  await migrate({ url, migrationsFolder });
  write(migrationsFolder, INITIAL, 'SELECT 1;');
  const refusal = migrate({ url, migrationsFolder });
  await expect(refusal).rejects.toThrow(EditedMigrationError);
  await expect(refusal).rejects.toThrow(INITIAL);
});

test('a migration that fails halfway changes nothing, and is applied once it is corrected', async () => {
  const { file, url } = temporaryFile();
  const migrationsFolder = copyOfMigrations();
  await migrate({ url, migrationsFolder });
  write(migrationsFolder, '2_good', 'CREATE TABLE good (x);');
  write(migrationsFolder, '3_bad', 'CREATE TABLE half (x); INSERT INTO nowhere VALUES (1);');
  const failure = migrate({ url, migrationsFolder });
  await expect(failure).rejects.toThrow(FailedMigrationError);
  await expect(failure).rejects.toThrow('3_bad failed: no such table: nowhere');
  expect(tablesOf(file)).not.toContain('half');
  expect(tablesOf(file)).not.toContain('good');

  write(migrationsFolder, '3_bad', 'CREATE TABLE half (x);');
  expect(await migrate({ url, migrationsFolder })).toEqual(['2_good', '3_bad']);
  expect(tablesOf(file)).toEqual(expect.arrayContaining(['good', 'half']));
});

test('a migration that prisma migrate deploy did not finish is reported with the repair command', async () => {
  const { file, url } = temporaryFile();
  await migrate({ url });
  const connection = connectTo(file);
  connection.exec('UPDATE _prisma_migrations SET finished_at = NULL');
  const refusal = migrate({ url });
  await expect(refusal).rejects.toThrow(UnfinishedMigrationError);
  await expect(refusal).rejects.toThrow(`prisma migrate resolve --rolled-back ${INITIAL}`);
});

test('rebuilding a table keeps the rows that refer to it', async () => {
  const { file, url } = temporaryFile();
  const migrationsFolder = temporaryFolder();
  write(
    migrationsFolder,
    '1_tables',
    `CREATE TABLE parent (id INTEGER PRIMARY KEY);
     CREATE TABLE child (parent INTEGER REFERENCES parent ON DELETE CASCADE);
     INSERT INTO parent VALUES (1);
     INSERT INTO child VALUES (1);`,
  );
  await migrate({ url, migrationsFolder });
  write(
    migrationsFolder,
    '2_rebuild',
    `PRAGMA foreign_keys=OFF;
     CREATE TABLE new_parent (id INTEGER PRIMARY KEY, name TEXT);
     INSERT INTO new_parent (id) SELECT id FROM parent;
     DROP TABLE parent;
     ALTER TABLE new_parent RENAME TO parent;
     PRAGMA foreign_keys=ON;`,
  );
  await migrate({ url, migrationsFolder });
  expect(connectTo(file).prepare('SELECT parent FROM child').all()).toEqual([{ parent: 1 }]);
});

test('a catalog with unbounded versions keeps its products and its change log', async () => {
  const { file, url } = temporaryFile();
  const migrationsFolder = copyOfMigrations();
  for (const later of allMigrations.slice(allMigrations.indexOf(SAFE_VERSIONS))) {
    rmSync(join(migrationsFolder, later), { recursive: true });
  }
  await migrate({ url, migrationsFolder });
  const connection = connectTo(file);
  const insert = connection.prepare(
    `INSERT INTO products (id, name, description, price_units, stock_quantity, version, created_at, updated_at)
     VALUES (?, 'Lamp', 'Bright', 10050, 3, ?, 1, 2)`,
  );
  const ids = ['a', 'b'].map((letter) => `${letter}0000000-0000-4000-8000-000000000000`);
  insert.run(ids[0], 7n);
  insert.run(ids[1], 2n ** 63n - 1n);

  expect(await migrate({ url })).toContain(SAFE_VERSIONS);
  const select = (sql: string) => connection.prepare(sql).raw().all();
  expect(select('SELECT * FROM products ORDER BY id')).toEqual([
    [ids[0], 'Lamp', 'Bright', 10050, 3, 7, 1, 2, 1],
    [ids[1], 'Lamp', 'Bright', 10050, 3, 2 ** 52, 1, 2, 2],
  ]);
  connection.exec("UPDATE products SET name = 'Torch'");
  expect(select('SELECT seq, product_id, kind FROM product_changes ORDER BY seq')).toEqual([
    [1, ids[0], 'create'],
    [2, ids[1], 'create'],
    [3, ids[0], 'update'],
    [4, ids[1], 'update'],
  ]);
});

function copyOfMigrations(): string {
  const folder = join(temporaryFolder(), 'migrations');
  cpSync(ownMigrations, folder, { recursive: true });
  return folder;
}

/**
 * Writes a migration. A name such as `2_good` sorts before the timestamps; the tests allow that.
 */
function write(folder: string, name: string, sql: string): void {
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, 'migration.sql'), sql);
}

function tablesOf(file: string): unknown[] {
  return connectTo(file)
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table'")
    .pluck()
    .all();
}
