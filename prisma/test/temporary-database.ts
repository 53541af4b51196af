import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Libsql from 'libsql';
import { onTestFinished } from 'vitest';
import type { Database, OpenDatabaseOptions } from '../src/database.js';
import { migrate } from '../src/migrate.js';
import { openDatabase } from '../src/open-database.js';

/** Creates a folder that is removed after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'product-api-database-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Returns the path and URL of a database that does not exist yet, in a new folder. */
export function temporaryFile(): { file: string; url: string } {
  const file = join(temporaryFolder(), 'catalog.db');
  return { file, url: `file:${file}` };
}

/** Opens a migrated, empty database, and closes it after the test. */
export async function temporaryDatabase(
  options: Omit<OpenDatabaseOptions, 'url'> = {},
): Promise<Database & { file: string; url: string }> {
  const { file, url } = temporaryFile();
  await migrate({ url });
  const database = await openDatabase({ url, ...options });
  onTestFinished(() => database.close());
  return { ...database, file, url };
}

/** Opens a second connection to the file, as another process would have it. */
export function connectTo(file: string): Libsql.Database {
  const connection = new Libsql(file);
  onTestFinished(() => {
    connection.close();
  });
  return connection;
}
