import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '@product-api/testing';
import { describeWith } from '@product-api/testing/describe-with';
import { runSql } from '@product-api/testing/postgres';
import { expect, test } from 'vitest';
import { startTogether } from '../../test/start-together.js';
import { emptyPostgresqlUrl, temporaryFolder } from '../../test/temporary-database.js';
import {
  EditedMigrationError,
  FailedMigrationError,
  UnfinishedMigrationError,
  UnknownMigrationError,
} from '../errors/migration-errors.js';
import { DatabaseServerError } from '../errors/server-errors.js';
import { migrate } from '../migrate.js';
import { migrationNames } from '../migrations/migration-files.js';
import { openDatabase } from '../open-database.js';
import { ownPostgresqlMigrations } from './migrate-postgresql.js';

const INITIAL = '20261128000000_initial';

describeWith('postgres')('migrate on PostgreSQL', () => {
  test('a new database gets every migration, and a second call applies nothing', async () => {
    const url = await emptyPostgresqlUrl();
    const all = await migrationNames(ownPostgresqlMigrations);
    expect(await migrate({ url })).toEqual(all);
    expect(await migrate({ url })).toEqual([]);
  });

  test('processes that start at the same time apply each migration once', async () => {
    const url = await emptyPostgresqlUrl();
    const outcomes = await startTogether(url, 4);
    const all = await migrationNames(ownPostgresqlMigrations);
    expect(outcomes.flatMap(({ applied }) => applied)).toEqual(all);
    expect(outcomes.map(({ seeded }) => seeded).sort()).toEqual([0, 0, 0, 5]);
    expect(await runSql(url, 'SELECT FROM _prisma_migrations')).toHaveLength(all.length);
  });

  test('a migration that was edited after it was applied is refused', async () => {
    const url = await emptyPostgresqlUrl();
    const migrationsFolder = copyOfMigrations();
    await migrate({ url, migrationsFolder });
    write(migrationsFolder, INITIAL, 'SELECT 1;');
    await expect(migrate({ url, migrationsFolder })).rejects.toThrow(EditedMigrationError);
  });

  test('a migration that fails halfway changes nothing, and is applied once it is corrected', async () => {
    const url = await emptyPostgresqlUrl();
    const migrationsFolder = copyOfMigrations();
    write(migrationsFolder, '3_good', 'CREATE TABLE good (x INT);');
    write(migrationsFolder, '4_bad', 'CREATE TABLE half (x INT); INSERT INTO nowhere VALUES (1);');
    const failure = migrate({ url, migrationsFolder });
    await expect(failure).rejects.toThrow(FailedMigrationError);
    await expect(failure).rejects.toThrow('4_bad failed: relation "nowhere" does not exist');
    expect(await tablesIn(url)).toEqual([]);

    write(migrationsFolder, '4_bad', 'CREATE TABLE half (x INT);');
    expect(await migrate({ url, migrationsFolder })).toContain('4_bad');
    expect(await tablesIn(url)).toEqual(expect.arrayContaining(['good', 'half', 'products']));
  });

  test('a migration that prisma migrate deploy did not finish is reported', async () => {
    const url = await emptyPostgresqlUrl();
    await migrate({ url });
    await runSql(url, 'UPDATE _prisma_migrations SET finished_at = NULL');
    await expect(migrate({ url })).rejects.toThrow(UnfinishedMigrationError);
  });

  test('a database that a newer version has migrated is refused', async () => {
    const url = await emptyPostgresqlUrl();
    const migrationsFolder = copyOfMigrations();
    write(migrationsFolder, '3_newer', 'CREATE TABLE newer (x INT);');
    await migrate({ url, migrationsFolder });
    await expect(migrate({ url })).rejects.toThrow(UnknownMigrationError);
    await expect(openDatabase({ url })).rejects.toThrow(UnknownMigrationError);
  });

  test.each([
    ['a database that does not exist', { pathname: '/nowhere' }, 'create it'],
    ['a server without TLS', { search: '?sslmode=verify-full' }, 'does not support SSL'],
    ['a user that does not exist', { username: 'nobody' }, 'check user and password'],
  ])('%s is reported', async (_, part, remedy) => {
    const url = Object.assign(new URL(await emptyPostgresqlUrl()), part).href;
    await expect(migrate({ url })).rejects.toThrow(DatabaseServerError);
    await expect(migrate({ url })).rejects.toThrow(remedy);
  });

  test('a role that may open no more connections is reported', async () => {
    const server = await emptyPostgresqlUrl();
    const role = `${new URL(server).pathname.slice(1)}_full`;
    await runSql(server, `CREATE ROLE ${role} LOGIN CONNECTION LIMIT 0`);
    const url = Object.assign(new URL(server), { username: role }).href;
    await expect(migrate({ url })).rejects.toThrow('raise the limit, or lower DATABASE_POOL');
    await runSql(server, `DROP ROLE ${role}`);
  });

  test('another encoding than UTF-8 is refused', async () => {
    const server = await emptyPostgresqlUrl();
    const name = `${new URL(server).pathname.slice(1)}_latin1`;
    await runSql(server, `CREATE DATABASE ${name} ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0`);
    const url = Object.assign(new URL(server), { pathname: `/${name}` }).href;
    await expect(migrate({ url })).rejects.toThrow("create it with ENCODING 'UTF8'");
    await runSql(server, `DROP DATABASE ${name}`);
  });
});

test('a server that cannot be reached is reported without the password', async () => {
  const url = `postgres://user:secret@127.0.0.1:${await freePort()}/catalog`;
  const failure = await migrate({ url }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(DatabaseServerError);
  expect(String(failure)).toMatch(/PostgreSQL at 127.0.0.1:\d+ cannot be used .*ECONNREFUSED/);
  expect(String(failure)).not.toContain('secret');
});

async function tablesIn(url: string): Promise<unknown[]> {
  const rows = await runSql(url, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'");
  return rows.map(({ tablename }) => tablename);
}

function copyOfMigrations(): string {
  const folder = join(temporaryFolder(), 'migrations');
  cpSync(ownPostgresqlMigrations, folder, { recursive: true });
  return folder;
}

/** Writes a migration. A name such as `3_good` sorts after the timestamps, which begin with 2. */
function write(folder: string, name: string, sql: string): void {
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, 'migration.sql'), sql);
}
