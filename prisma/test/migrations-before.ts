import { cpSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Dialect } from '../src/database.js';
import { temporaryFolder } from './temporary-database.js';

const migrations: Readonly<Record<Dialect, string>> = {
  sqlite: '../migrations',
  postgresql: '../postgresql/migrations',
};

/** Copies the migrations before the one with a name, and returns the folder. */
export function migrationsBefore(name: string, dialect: Dialect): string {
  const folder = temporaryFolder();
  const own = fileURLToPath(new URL(migrations[dialect], import.meta.url));
  cpSync(own, folder, {
    recursive: true,
    filter: (path) => !/^\d{14}_/.test(basename(path)) || basename(path) < name,
  });
  return folder;
}
