import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { noFilters, openEngine } from './open-engine.js';

/**
 * Returns the SQL that leads from the migrations to the schema, or `undefined` when they match. It
 * compares what Prisma knows: tables, columns and indexes, not CHECK constraints and triggers.
 *
 * @param {string} packageFolder the folder with schema.prisma and migrations/
 * @returns {Promise<string | undefined>}
 * @throws {Error} when the schema or a migration is not valid
 */
export async function migrationDiff(packageFolder) {
  const schemaFile = join(packageFolder, 'schema.prisma');
  const engine = await openEngine(':memory:');
  const { exitCode, stdout } = await engine.diff({
    from: { tag: 'migrations', ...(await readMigrations(join(packageFolder, 'migrations'))) },
    to: {
      tag: 'schemaDatamodel',
      files: [{ path: schemaFile, content: await readFile(schemaFile, 'utf8') }],
    },
    script: true,
    exitCode: true,
    filters: noFilters,
  });
  return exitCode === 0 ? undefined : (stdout ?? '');
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
