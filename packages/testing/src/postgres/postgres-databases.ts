import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, inject, onTestFinished } from 'vitest';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Any database of the server that tests share. */
    postgresUrl: string | undefined;
    /** The reason if no server runs, for the error of each test that needs it. */
    postgresFault: string;
  }
}

/** A database that is dropped when its test or test file is over. */
export interface PostgresDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/**
 * Returns the URL of a database of the server that all tests of this workspace share.
 *
 * @throws {Error} when no server runs, or when the workspace does not use postgres-setup.ts
 */
export function sharedPostgresUrl(): string {
  const url = inject('postgresUrl');
  if (url === undefined) {
    throw new Error(inject('postgresFault') ?? 'vitest.config.ts must name postgres-setup.ts');
  }
  return url;
}

/** Creates an empty database on the shared server. */
export function createPostgresDatabase(): Promise<PostgresDatabase> {
  return createDatabase('template1');
}

/**
 * Prepares a database for the tests of this block. Returns the function that makes a copy of it for
 * one test, in a tenth of a second, and returns the copy's URL.
 */
export function postgresCopies(prepare: (url: string) => Promise<unknown>): () => Promise<string> {
  let template: PostgresDatabase;
  beforeAll(async () => {
    template = await createPostgresDatabase();
    await prepare(template.url);
  });
  afterAll(() => template.drop());
  return async () => {
    const { url, drop } = await createDatabase(new URL(template.url).pathname.slice(1));
    onTestFinished(drop);
    return url;
  };
}

/** Runs SQL on a connection of its own, and returns the rows. */
export async function runSql(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

async function createDatabase(template: string): Promise<PostgresDatabase> {
  const server = sharedPostgresUrl();
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await runSql(server, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  return {
    url: Object.assign(new URL(server), { pathname: `/${name}` }).href,
    drop: async () => {
      await runSql(server, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}
