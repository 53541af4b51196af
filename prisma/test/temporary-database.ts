import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWith } from '@product-api/testing/describe-with';
import { createPostgresDatabase, postgresCopies, runSql } from '@product-api/testing/postgres';
import Libsql from 'libsql';
import { describe, onTestFinished } from 'vitest';
import type { Database, OpenDatabaseOptions } from '../src/database.js';
import { migrate } from '../src/migrate.js';
import { openDatabase } from '../src/open-database.js';

/** A migrated database of its own. */
export interface TestDatabase extends Database {
  readonly url: string;
  /** Runs SQL on another connection, as another process would, and returns the rows of a query. */
  sql(text: string): Promise<Record<string, unknown>[]>;
}

/** Opens a migrated, empty database, and closes it after the test. */
export type OpenTestDatabase = (
  options?: Omit<OpenDatabaseOptions, 'url'>,
) => Promise<TestDatabase>;

/** The databases of one dialect. */
export interface TestDatabases {
  readonly open: OpenTestDatabase;
  /** Returns the URL of a database that is not migrated. */
  readonly emptyUrl: () => Promise<string>;
}

/** Declares the same tests for each dialect. */
export function describeDialects(declareTests: (databases: TestDatabases) => void): void {
  describe('on SQLite', () => {
    declareTests({ open: temporaryDatabase, emptyUrl: async () => temporaryFile().url });
  });
  describeWith('postgres')('on PostgreSQL', () => {
    declareTests({ open: postgresqlDatabases(), emptyUrl: emptyPostgresqlUrl });
  });
}

/** Creates a template for the tests of this block, and returns the function that opens a copy. */
export function postgresqlDatabases(): OpenTestDatabase {
  const copy = postgresCopies((url) => migrate({ url }));
  return async (options = {}) => {
    const url = await copy();
    const database = await openDatabase({ url, ...options });
    onTestFinished(() => database.close());
    return { ...database, url, sql: (text) => runSql(url, text) };
  };
}

/** Returns the URL of a new PostgreSQL database, which is dropped after the test. */
export async function emptyPostgresqlUrl(): Promise<string> {
  const { url, drop } = await createPostgresDatabase();
  onTestFinished(drop);
  return url;
}

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

/** Opens a migrated, empty SQLite database, and closes it after the test. */
export async function temporaryDatabase(
  options: Omit<OpenDatabaseOptions, 'url'> = {},
): Promise<TestDatabase & { file: string }> {
  const { file, url } = temporaryFile();
  await migrate({ url });
  const database = await openDatabase({ url, ...options });
  onTestFinished(() => database.close());
  return { ...database, file, url, sql: async (text) => runSqlite(file, text) };
}

/** Opens a second connection to the file, as another process would have it. */
export function connectTo(file: string): Libsql.Database {
  const connection = new Libsql(file);
  onTestFinished(() => {
    connection.close();
  });
  return connection;
}

function runSqlite(file: string, text: string): Record<string, unknown>[] {
  const connection = new Libsql(file);
  try {
    if (!text.startsWith('SELECT')) {
      connection.exec(text);
      return [];
    }
    // The driver returns each row as an object by column.
    return connection.prepare(text).all() as Record<string, unknown>[];
  } finally {
    connection.close();
  }
}
