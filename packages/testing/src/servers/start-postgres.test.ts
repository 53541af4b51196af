import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { describeWith } from '../describe-with.js';
import { ServerStartError } from './server-process.js';
import { startPgbouncer } from './start-pgbouncer.js';
import { type StartPostgresOptions, startPostgres } from './start-postgres.js';

describeWith('postgres')('startPostgres', () => {
  test('starts a server that keeps its data after a shutdown and after a crash', async () => {
    const server = await startForTest();
    await query(server.url, 'CREATE TABLE kept (x INT); INSERT INTO kept VALUES (1)');
    for (const end of [server.shutDown, server.crash]) {
      await end();
      await expect(query(server.url, 'SELECT 1')).rejects.toThrow('ECONNREFUSED');
      await server.start();
      expect(await query(server.url, 'SELECT x FROM kept')).toEqual([{ x: 1 }]);
    }
  });

  test('ends the server with stop, which may be called twice', async () => {
    const server = await startForTest();
    await server.stop();
    await server.stop();
    await expect(query(server.url, 'SELECT 1')).rejects.toThrow('ECONNREFUSED');
  });

  test('throws the output of a server that does not start', async () => {
    const failure = startForTest({ settings: { no_such_setting: 'x' } });
    await expect(failure).rejects.toThrow(ServerStartError);
    await expect(failure).rejects.toThrow('no_such_setting');
  });

  test('PgBouncer leads to a database of the server', async () => {
    const server = await startForTest();
    await query(server.url, 'CREATE DATABASE behind');
    const bouncer = await startPgbouncer(server.url);
    onTestFinished(() => bouncer.stop());
    const url = bouncer.urlOf(server.url.replace(/postgres$/, 'behind'));
    expect(await query(url, 'SELECT current_database() AS name')).toEqual([{ name: 'behind' }]);
  });
});

async function query(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

async function startForTest(options?: StartPostgresOptions) {
  const server = await startPostgres(options);
  onTestFinished(() => server.stop());
  return server;
}
