import { type Client, createClient } from '@product-api/client';
import {
  eventually,
  type PostgresServer,
  type RunningApi,
  startApi,
  startPostgres,
} from '@product-api/testing';
import { describeWith } from '@product-api/testing/describe-with';
import { runSql } from '@product-api/testing/postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { send, sendJson } from './raw-request.js';
import { mouse } from './sample-product.js';

describeWith('postgres')('the service on PostgreSQL', () => {
  let server: PostgresServer;
  let api: RunningApi;
  let client: Client;

  beforeAll(async () => {
    server = await startPostgres();
    // The server trusts every password; the log must not show it.
    const url = server.url.replace('postgres@', 'postgres:secret@');
    api = await startApi({ env: { DATABASE_URL: url, LOG_LEVEL: 'debug' } });
    client = createClient({ baseUrl: api.baseUrl });
  });

  afterAll(async () => {
    await api.stop();
    await server.stop();
  });

  const post = () => sendJson(api.baseUrl, 'POST', '/products', JSON.stringify(mouse));

  test('migrates, creates the samples, and lists them', async () => {
    expect((await client.products.listPage()).items).toHaveLength(5);
    expect((await client.health.ready()).status).toBe('ok');
  });

  test('creates, reads, changes and deletes a product', async () => {
    const { id } = await client.products.create(mouse);
    expect(await client.products.get(id)).toEqual({ id, ...mouse });
    const { etag } = await client.products.withEtag.get(id);
    expect(await client.products.update(id, { price: 7 }, { ifMatch: etag })).toMatchObject({
      price: 7,
    });
    await expect(client.products.update(id, { price: 8 }, { ifMatch: etag })).rejects.toMatchObject(
      { status: 412 },
    );
    await client.products.delete(id);
    await expect(client.products.get(id)).rejects.toMatchObject({ status: 404 });
  });

  test('a change in SQL is visible after the next poll, also of a transaction that took long', async () => {
    const { id } = await client.products.create(mouse);
    const cacheOf = async () => (await client.products.withEtag.get(id)).cache;
    expect([await cacheOf(), await cacheOf()]).toEqual(['MISS', 'HIT']);
    await runSql(
      server.url,
      `BEGIN; UPDATE products SET name = 'Renamed' WHERE id = '${id}'; SELECT pg_sleep(1); COMMIT`,
    );
    await eventually(async () => expect((await client.products.get(id)).name).toBe('Renamed'), {
      timeoutMs: 2000,
    });
  });

  test('while the server is stopped, requests are 503, and work again once it runs', async () => {
    const { id } = await client.products.create(mouse);
    await server.shutDown();
    for (const response of [await post(), await send(api.baseUrl, { path: '/products' })]) {
      expect(response.status).toBe(503);
      expect(response.headers['retry-after']).toBe('1');
      expect(response.text).not.toMatch(/prisma|ECONN|secret/i);
    }
    const ready = await send(api.baseUrl, { path: '/health/ready' });
    expect(ready.status).toBe(503);
    expect(JSON.parse(ready.text).detail).toContain('PostgreSQL at 127.0.0.1');
    await server.start();
    await eventually(async () => expect((await client.health.ready()).status).toBe('ok'));
    expect(await client.products.get(id)).toMatchObject({ id });
    expect((await post()).status).toBe(201);
  });

  test('the outage is in the log once, and the password never', async () => {
    const log = api.logLines();
    const linesWith = (text: string) => log.filter((line) => line.includes(text));
    expect(linesWith('"the database cannot be reached"')).toHaveLength(1);
    expect(linesWith('Product API is listening')[0]).toMatch(
      /postgres:\/\/127.0.0.1:\d+\/postgres"/,
    );
    expect(linesWith('secret')).toEqual([]);
  });
});
