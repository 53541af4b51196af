import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One step of the schema's history. */
export interface Migration {
  /** The folder's name, which begins with a time stamp. */
  readonly name: string;
  readonly sql: string;
  /** The SHA-256 of the file in hexadecimal, as Prisma computes it. */
  readonly checksum: string;
}

/** Reads `<folder>/<name>/migration.sql` of every migration, in the order of their names. */
export async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(names.sort().map((name) => readMigration(folder, name)));
}

async function readMigration(folder: string, name: string): Promise<Migration> {
  const sql = await readFile(join(folder, name, 'migration.sql'), 'utf8');
  return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
}
