import { execFile } from 'node:child_process';
import { realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { findPostgres, type PostgresServer, startApi, startPostgres } from '@product-api/testing';
import { describeWith } from '@product-api/testing/describe-with';
import { runSql } from '@product-api/testing/postgres';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { repositoryPath } from '../repository-file.ts';

const PASSWORD = 'a1-B2_c3d4e5f6g7h8';

describeWith('postgres')('the database that docker-compose.yml creates', () => {
  let postgres: PostgresServer;

  beforeAll(async () => {
    postgres = await startPostgres();
    // The program may be a link from another folder.
    const psql = join(dirname(await realpath(await findPostgres())), 'psql');
    const script = repositoryPath('deploy/compose/create-catalog.sql');
    // As the image of PostgreSQL runs it.
    const args = ['--set=ON_ERROR_STOP=1', '--no-psqlrc', postgres.url, `--file=${script}`];
    await promisify(execFile)(psql, args, { env: { POSTGRES_PASSWORD: PASSWORD } });
  });

  afterAll(() => postgres.stop());

  const urlOf = (database: string) =>
    `postgres://catalog:${PASSWORD}@127.0.0.1:${postgres.port}/${database}`;

  test('is enough for the service', async () => {
    const api = await startApi({ env: { DATABASE_URL: urlOf('catalog') } });
    onTestFinished(() => api.stop());
    const response = await fetch(`${api.baseUrl}/products`);
    expect(response.status).toBe(200);
  });

  test('lets nobody be superuser over the network', async () => {
    const sql = `SELECT rolname, rolsuper, left(rolpassword, 13) AS password FROM pg_authid
      WHERE rolcanlogin ORDER BY rolname`;
    expect(await runSql(postgres.url, sql)).toEqual([
      { rolname: 'catalog', rolsuper: false, password: 'SCRAM-SHA-256' },
      { rolname: 'postgres', rolsuper: true, password: null },
    ]);
  });

  test.each([
    ['COPY (SELECT 1) TO PROGRAM', "COPY (SELECT 1) TO PROGRAM 'true'"],
    ['reading files', "SELECT pg_read_file('/etc/passwd')"],
    ['creating roles', 'CREATE ROLE other'],
  ])('refuses the service %s', async (_, sql) => {
    await expect(runSql(urlOf('catalog'), sql)).rejects.toThrow(
      /permission denied|must be superuser/,
    );
  });

  test('refuses the service other databases', async () => {
    await expect(runSql(urlOf('postgres'), 'SELECT 1')).rejects.toThrow(/permission denied/);
  });
});
