import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually, type PostgresServer, startPostgres } from '@product-api/testing';
import { describeWith } from '@product-api/testing/describe-with';
import { runSql } from '@product-api/testing/postgres';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { newProduct } from '../../test/new-product.js';
import type { DatabaseCondition } from '../database.js';
import { StandbyServerError } from '../errors/server-errors.js';
import { migrate } from '../migrate.js';
import { openDatabase } from '../open-database.js';

const SQL_END_SESSIONS =
  "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = 'shop'";

describeWith('postgres')('a PostgreSQL server that stops', () => {
  let server: PostgresServer;

  beforeAll(async () => {
    server = await startPostgres();
    await migrate({ url: server.url });
  });

  afterAll(() => server.stop());

  async function open() {
    const conditions: string[] = [];
    const onCondition = ({ state }: DatabaseCondition) => conditions.push(state);
    const database = await openDatabase({ url: server.url, busyTimeoutMs: 2000, onCondition });
    onTestFinished(() => database.close());
    return { ...database, conditions };
  }

  test('is reported once, and is used again once it runs', async () => {
    const { client, check, conditions, failureOf } = await open();
    await client.product.create({ data: newProduct() });
    await server.shutDown();
    for (let attempt = 0; attempt < 3; attempt++) {
      const failure = await client.product.count().catch((error: unknown) => error);
      expect(failureOf(failure)).toBe('unreachable');
    }
    await expect(check()).rejects.toThrow(
      /PostgreSQL at 127.0.0.1:\d+ cannot be used \(no server accepts connections/,
    );
    expect(conditions).toEqual(['unreachable']);
    await server.start();
    await eventually(async () => (await check()).state === 'ok');
    expect(await client.product.count()).toBe(1);
    expect(conditions).toEqual(['unreachable', 'ok']);
  });

  test('says what to do about a password that it no longer accepts', async () => {
    await runSql(server.url, "CREATE ROLE shop SUPERUSER LOGIN PASSWORD 'old'");
    const url = server.url.replace('postgres@', 'shop:old@');
    const { client, check, close } = await openDatabase({ url });
    onTestFinished(close);
    const rules = join(server.dataFolder, 'pg_hba.conf');
    const trusting = await readFile(rules, 'utf8');
    await writeFile(rules, `host all shop 127.0.0.1/32 scram-sha-256\n${trusting}`);
    await runSql(server.url, "ALTER ROLE shop PASSWORD 'new'; SELECT pg_reload_conf()");
    await runSql(server.url, SQL_END_SESSIONS);
    await eventually(() => expect(client.product.count()).rejects.toThrow());
    await expect(check()).rejects.toThrow('Check user and password');
    await writeFile(rules, trusting);
    await runSql(server.url, 'SELECT pg_reload_conf()');
    await eventually(async () => (await check()).state === 'ok');
  });

  test('keeps acknowledged changes and their numbers in a crash', async () => {
    const { client, changeLog } = await open();
    const before = await changeLog.head();
    await client.product.create({ data: newProduct() });
    const head = await changeLog.head();
    expect(head.seq).toBe(before.seq + 1);
    await server.crash();
    await server.start();
    await eventually(async () => expect(await changeLog.head()).toEqual(head));
  });

  test('is refused as a standby, at the start and later, until it is promoted', async () => {
    const { client, check, failureOf } = await open();
    await server.shutDown();
    await expect(client.product.count()).rejects.toThrow();
    await writeFile(join(server.dataFolder, 'standby.signal'), '');
    await server.start();
    await expect(migrate({ url: server.url })).rejects.toThrow(StandbyServerError);
    await expect(openDatabase({ url: server.url })).rejects.toThrow(StandbyServerError);
    const failure = await client.product.count().catch((error: unknown) => error);
    expect(failureOf(failure)).toBe('unreachable');
    await expect(check()).rejects.toThrow('is a standby');
    await runSql(server.url, 'SELECT pg_promote()');
    await eventually(async () => (await check()).state === 'ok');
    await rm(join(server.dataFolder, 'standby.signal'), { force: true });
  });
});
