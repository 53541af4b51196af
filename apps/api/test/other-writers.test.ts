import { type Client, createClient } from '@product-api/client';
import { type Database, openDatabase } from '@product-api/database';
import {
  eventually,
  freePort,
  type RunningApi,
  startApi,
  type TemporaryFolder,
  temporaryFolder,
} from '@product-api/testing';
import { describeWith } from '@product-api/testing/describe-with';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApiOnRedis, startApiOnRedis } from './api-on-redis.js';
import { mouse } from './sample-product.js';

/** The limit for a change to become visible that another writer made. */
const withinASecond = { timeoutMs: 1000 };

let folder: TemporaryFolder;
let database: Database;
let env: { DATABASE_URL: string };

async function createFolder(): Promise<void> {
  folder = await temporaryFolder();
  env = { DATABASE_URL: `file:${folder.file('products.db')}` };
}

async function closeDatabase(): Promise<void> {
  await database.close();
  await folder.remove();
}

/** Creates a product, and reads it until it is cached. */
async function cachedProduct({ products }: Client): Promise<string> {
  const { id } = await products.create(mouse);
  const cacheOf = async () => (await products.withEtag.get(id)).cache;
  expect([await cacheOf(), await cacheOf()]).toEqual(['MISS', 'HIT']);
  return id;
}

/** Changes the database without the service, as an operator's script does. */
async function sql(statement: string): Promise<void> {
  await database.client.$executeRawUnsafe(statement);
}

async function seeRawWrites(client: Client): Promise<void> {
  const id = await cachedProduct(client);
  await sql("UPDATE products SET name = 'Renamed by hand'");
  await eventually(
    async () => expect((await client.products.get(id)).name).toBe('Renamed by hand'),
    withinASecond,
  );
  await sql('DELETE FROM products');
  await eventually(
    () => expect(client.products.get(id)).rejects.toMatchObject({ status: 404 }),
    withinASecond,
  );
}

/** Adds entries without a valid version and time to the change log, and then changes products. */
async function seeRawWritesAfterUnreadableChange(client: Client): Promise<void> {
  const id = await cachedProduct(client);
  const isHit = async () => (await client.products.withEtag.get(id)).cache === 'HIT';
  await sql(`INSERT INTO product_changes (product_id, version, kind, changed_at)
    VALUES ('by hand', 'no version', 'update', 'no time'), ('by hand', 1e18, 'update', 1e18)`);
  // The service clears the cache, as it cannot tell what the entry invalidates, and uses it again.
  await eventually(async () => !(await isHit()));
  await eventually(isHit);
  await seeRawWrites(client);
}

describe('with the cache in the process', () => {
  let api: RunningApi;
  let client: Client;

  beforeAll(async () => {
    await createFolder();
    api = await startApi({ env });
    client = createClient({ baseUrl: api.baseUrl });
    database = await openDatabase({ url: env.DATABASE_URL });
  });

  afterAll(async () => {
    await api.stop();
    await closeDatabase();
  });

  test('a change in SQL is visible within a second', async () => {
    await seeRawWrites(client);
  });

  test('an unreadable entry of the change log does not stop later ones', async () => {
    await seeRawWritesAfterUnreadableChange(client);
  });

  test('a change by another service is visible within a second', async () => {
    const other = await startApi({ env });
    try {
      const id = await cachedProduct(client);
      await createClient({ baseUrl: other.baseUrl }).products.update(id, { price: 7 });
      await eventually(
        async () => expect((await client.products.get(id)).price).toBe(7),
        withinASecond,
      );
    } finally {
      await other.stop();
    }
  });
});

describeWith('redis')('with the cache in Redis', () => {
  let service: ApiOnRedis;

  beforeAll(async () => {
    await createFolder();
    service = await startApiOnRedis(env);
    database = await openDatabase({ url: env.DATABASE_URL });
  });

  afterAll(async () => {
    await service.stop();
    await closeDatabase();
  });

  test('a change in SQL is visible within a second', async () => {
    await seeRawWrites(service.client);
  });

  test('a name that SQL wrote with spaces is the same from database and cache', async () => {
    const { products } = service.client;
    const id = await cachedProduct(service.client);
    await sql("UPDATE products SET name = '  Spaced by hand '");
    const read = () => products.withEtag.get(id);
    await eventually(async () => expect((await read()).product.name).toBe('Spaced by hand'));
    await service.redis.del(service.key(id));
    const [miss, hit] = [await read(), await read()];
    expect([miss.cache, hit.cache]).toEqual(['MISS', 'HIT']);
    expect([hit.etag, hit.product]).toEqual([miss.etag, miss.product]);
    expect(await service.redis.get(service.key(id))).toBe(JSON.stringify(miss.product));
    expect(service.api.logLines().filter((line) => line.includes('was edited'))).toEqual([]);
  });

  test('an unreadable entry of the change log does not stop later ones', async () => {
    await seeRawWritesAfterUnreadableChange(service.client);
    expect((await service.client.health.ready()).status).toBe('ok');
  });

  test('a change by a service without access to Redis is visible within a second', async () => {
    const cutOff = await startApi({
      env: { ...env, REDIS_URL: `redis://127.0.0.1:${await freePort()}` },
    });
    try {
      const { client } = service;
      const id = await cachedProduct(client);
      const writer = createClient({ baseUrl: cutOff.baseUrl });
      await writer.products.update(id, { price: 7 });
      expect((await writer.products.get(id)).price).toBe(7);
      await eventually(
        async () => expect((await client.products.get(id)).price).toBe(7),
        withinASecond,
      );
      expect((await client.health.ready()).status).toBe('ok');
      expect((await writer.health.ready()).status).toBe('degraded');
    } finally {
      await cutOff.stop();
    }
  });

  test('Redis shows which part of the change log was applied', async () => {
    const { client, redis, key } = service;
    await client.products.update(await cachedProduct(client), { price: 7 });
    const watermark = `${key('').replace(/product:$/, '')}cache:applied`;
    const { databaseId, seq } = await database.changeLog.head();
    await eventually(async () =>
      expect(await redis.get(watermark)).toMatch(new RegExp(`^${databaseId} ${seq} `)),
    );
  });

  // This test is the last one, as it kills the service.
  test('a change while no service runs is visible after the next start', async () => {
    const { client, redis, key, api } = service;
    const [changed, unchanged] = [await cachedProduct(client), await cachedProduct(client)];
    api.kill('SIGKILL');
    await api.exit;
    await sql(`UPDATE products SET name = 'Renamed' WHERE id = '${changed}'`);
    const namespace = key('').replace(/product:$/, '');
    const next = await startApi({
      env: { ...env, REDIS_URL: redisUrl(redis), CACHE_NAMESPACE: namespace },
    });
    try {
      const { products } = createClient({ baseUrl: next.baseUrl });
      expect((await products.get(changed)).name).toBe('Renamed');
      expect((await products.withEtag.get(unchanged)).cache).toBe('HIT');
    } finally {
      await next.stop();
    }
  });
});

function redisUrl({ options }: ApiOnRedis['redis']): string {
  return `redis://${options.host}:${options.port}`;
}
