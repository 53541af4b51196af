import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One change of the database's schema. */
export interface Migration {
  /** The name of its folder, which begins with a timestamp. */
  readonly name: string;
  readonly sql: string;
  /** The SHA-256 of the file in hexadecimal, as Prisma computes it. */
  readonly checksum: string;
}

/** Reads `<folder>/<name>/migration.sql` of every migration, in the order of the names. */
export async function readMigrations(folder: string): Promise<Migration[]> {
  const names = await migrationNames(folder);
  return Promise.all(names.map((name) => readMigration(folder, name)));
}

/** Returns the names of the migrations in a folder, in order. */
export async function migrationNames(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

async function readMigration(folder: string, name: string): Promise<Migration> {
  const sql = await readFile(join(folder, name, 'migration.sql'), 'utf8');
  return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
}
