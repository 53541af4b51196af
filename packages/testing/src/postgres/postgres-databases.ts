import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Any database of the server that tests share. */
    postgresUrl: string | undefined;
    /** Why there is no server. */
    postgresFault: string;
  }
}

/** A database that is dropped when its test or test file is over. */
export interface PostgresDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** A prepared database, of which tests get copies. */
export interface PostgresTemplate {
  copy(): Promise<PostgresDatabase>;
  drop(): Promise<void>;
}

/**
 * Returns the URL of a database of the server that all tests of this workspace share.
 *
 * @throws {Error} when there is no server, or the workspace does not use postgres-setup.ts
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

/** Creates a template on the shared server. Copies of it are made in a tenth of a second. */
export async function createPostgresTemplate(
  prepare: (url: string) => Promise<void>,
): Promise<PostgresTemplate> {
  const { url, drop } = await createPostgresDatabase();
  await prepare(url);
  return { copy: () => createDatabase(new URL(url).pathname.slice(1)), drop };
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
