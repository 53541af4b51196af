import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { startTogether } from '../test/start-together.js';
import { connectTo, temporaryFile, temporaryFolder } from '../test/temporary-database.js';
import { EditedMigrationError } from './edited-migration-error.js';
import { FailedMigrationError } from './failed-migration-error.js';
import { migrate } from './migrate.js';
import { UnfinishedMigrationError } from './unfinished-migration-error.js';

const INITIAL = '20261122000000_initial';
const ALL = [INITIAL, '20261122120000_change_log'];

test('a new database gets every migration, and a second start applies nothing', async () => {
  const { url } = temporaryFile();
  const told: string[] = [];
  expect(await migrate({ url, onApplied: (name) => told.push(name) })).toEqual(ALL);
  expect(told).toEqual(ALL);
  expect(await migrate({ url })).toEqual([]);
});

test('a missing folder is made', async () => {
  const { file } = temporaryFile();
  const deeper = join(dirname(file), 'a', 'b', 'catalog.db');
  await migrate({ url: `file:${deeper}` });
  expect(existsSync(deeper)).toBe(true);
});

test('the file keeps a write-ahead log from then on', async () => {
  const { file, url } = temporaryFile();
  await migrate({ url });
  expect(connectTo(file).pragma('journal_mode')).toEqual([{ journal_mode: 'wal' }]);
});

test('processes that start at once apply each migration once', async () => {
  const { file, url } = temporaryFile();
  const outcomes = await startTogether(url, 4);
  expect(outcomes.flatMap(({ applied }) => applied)).toEqual(ALL);
  expect(connectTo(file).prepare('SELECT * FROM _prisma_migrations').all()).toHaveLength(
    ALL.length,
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

test('a migration that fails halfway leaves nothing behind, and works once it is corrected', async () => {
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

test('what prisma migrate deploy left half done is reported with the way to repair it', async () => {
  const { file, url } = temporaryFile();
  await migrate({ url });
  const connection = connectTo(file);
  connection.exec('UPDATE _prisma_migrations SET finished_at = NULL');
  const refusal = migrate({ url });
  await expect(refusal).rejects.toThrow(UnfinishedMigrationError);
  await expect(refusal).rejects.toThrow(`prisma migrate resolve --rolled-back ${INITIAL}`);
});

test('a rebuilt table does not take the rows that refer to it along', async () => {
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

function copyOfMigrations(): string {
  const folder = join(temporaryFolder(), 'migrations');
  cpSync(fileURLToPath(new URL('../migrations', import.meta.url)), folder, { recursive: true });
  return folder;
}

/** Names that begin with a small number come before those with a time stamp, which is no matter here. */
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
