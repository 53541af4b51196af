import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { derivePostgresql } from './derive-postgresql.js';
import { noFilters, openEngine, sqliteFilters } from './open-engine.js';

/**
 * Returns the SQL that leads from the migrations to the schema, or `undefined` when they match. It
 * compares what Prisma knows: tables, columns and indexes, not CHECK constraints and triggers.
 *
 * @param {string} packageFolder the folder with schema.prisma, and with the migrations
 * @param {string} [serverUrl] the URL of any database of a PostgreSQL server, to compare the
 *   migrations for PostgreSQL; without it, those for SQLite
 * @returns {Promise<string | undefined>}
 * @throws {Error} when the schema or a migration is not valid
 */
export async function migrationDiff(packageFolder, serverUrl) {
  const schemaFile = join(packageFolder, 'schema.prisma');
  const schema = await readFile(schemaFile, 'utf8');
  const engine = await openEngine(serverUrl ?? ':memory:');
  const { exitCode, stdout } = await engine.diff({
    from: {
      tag: 'migrations',
      ...(await readMigrations(migrationsFolder(packageFolder, serverUrl))),
    },
    to: {
      tag: 'schemaDatamodel',
      files: [
        { path: schemaFile, content: serverUrl === undefined ? schema : derivePostgresql(schema) },
      ],
    },
    script: true,
    exitCode: true,
    filters: serverUrl === undefined ? sqliteFilters : noFilters,
  });
  return exitCode === 0 ? undefined : (stdout ?? '');
}

/**
 * Returns the folder of the migrations for SQLite or, with a server, for PostgreSQL.
 *
 * @param {string} packageFolder
 * @param {string} [serverUrl]
 */
export function migrationsFolder(packageFolder, serverUrl) {
  return join(packageFolder, serverUrl === undefined ? '.' : 'postgresql', 'migrations');
}

/** @param {string} folder */
async function readMigrations(folder) {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const lockfile = 'migration_lock.toml';
  return {
    baseDir: folder,
    lockfile: { path: lockfile, content: await readFile(join(folder, lockfile), 'utf8') },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(
      names.sort().map((name) => readMigration(folder, name)),
    ),
  };
}

/**
 * @param {string} folder
 * @param {string} name
 * @returns {Promise<import('@prisma/schema-engine-wasm').MigrationDirectory>}
 */
async function readMigration(folder, name) {
  const path = 'migration.sql';
  const value = await readFile(join(folder, name, path), 'utf8');
  return { path: name, migrationFile: { path, content: { tag: 'ok', value } } };
}
