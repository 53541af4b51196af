/**
 * Writes the next migration: the SQL that leads from the existing ones to schema.prisma. Review it
 * before you commit it: if it rebuilds a table, add the CHECK constraints and triggers of that
 * table by hand. Without a second argument it writes to this package. With the URL of any database
 * of a PostgreSQL server it writes the migration for PostgreSQL.
 *
 *     node tools/new-migration.js NAME [PACKAGE_FOLDER [SERVER_URL]]
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { argv, stderr, stdout } from 'node:process';
import { fileURLToPath } from 'node:url';
import { migrationDiff, migrationsFolder } from './migration-diff.js';

const [name, packageFolder = fileURLToPath(new URL('..', import.meta.url)), serverUrl] =
  argv.slice(2);
if (name === undefined || !/^[a-z0-9_]+$/.test(name)) {
  stderr.write('Usage: node tools/new-migration.js NAME, where NAME has only a-z, 0-9 and _\n');
  process.exit(2);
}
const sql = await migrationDiff(packageFolder, serverUrl);
if (sql === undefined) {
  stdout.write('Nothing to do: the migrations match schema.prisma.\n');
} else {
  stdout.write(`Wrote ${await writeMigration(sql)}\n`);
}

/** @param {string} content */
async function writeMigration(content) {
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const folder = join(migrationsFolder(packageFolder, serverUrl), `${stamp}_${name}`);
  await mkdir(folder);
  const file = join(folder, 'migration.sql');
  await writeFile(file, content);
  return file;
}
