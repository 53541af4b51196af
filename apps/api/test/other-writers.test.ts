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
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ApiOnRedis, startApiOnRedis } from './api-on-redis.js';
import { mouse } from './sample-product.js';

/** How long a change that the service was not told of may stay unseen. */
const withinASecond = { timeoutMs: 1000 };

let folder: TemporaryFolder;
let database: Database;
let env: { DATABASE_URL: string };

beforeEach(async () => {
  folder = await temporaryFolder();
  env = { DATABASE_URL: `file:${folder.file('products.db')}` };
});

afterEach(async () => {
  await database.close();
  await folder.remove();
});

/** Creates a product, and reads it until it is cached. */
async function cachedProduct({ products }: Client): Promise<string> {
  const { id } = await products.create(mouse);
  const cacheOf = async () => (await products.withEtag.get(id)).cache;
  expect([await cacheOf(), await cacheOf()]).toEqual(['MISS', 'HIT']);
  return id;
}

/** Writes behind the service's back, as a script of the operator does. */
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

/** Writes a change that names no version and no time into the log, and then changes products. */
async function seeRawWritesAfterUnreadableChange(client: Client): Promise<void> {
  const id = await cachedProduct(client);
  const isHit = async () => (await client.products.withEtag.get(id)).cache === 'HIT';
  await sql(`INSERT INTO product_changes (product_id, version, kind, changed_at)
    VALUES ('by hand', 'no version', 'update', 'no time'), ('by hand', 1e18, 'update', 1e18)`);
  // The cache is cleared, as nobody knows what the entry invalidates, and then used again.
  await eventually(async () => !(await isHit()));
  await eventually(isHit);
  await seeRawWrites(client);
}

describe('with the cache in the process', () => {
  let api: RunningApi;

  beforeEach(async () => {
    api = await startApi({ env: { ...env, REDIS_URL: '' } });
    database = await openDatabase({ url: env.DATABASE_URL });
  });

  afterEach(() => api.stop());

  test('what another process writes in SQL is seen within a second', async () => {
    await seeRawWrites(createClient({ baseUrl: api.baseUrl }));
  });

  test('a change in the log that cannot be read stops no later one', async () => {
    await seeRawWritesAfterUnreadableChange(createClient({ baseUrl: api.baseUrl }));
  });

  test('what another service writes is seen within a second', async () => {
    const other = await startApi({ env: { ...env, REDIS_URL: '' } });
    try {
      const client = createClient({ baseUrl: api.baseUrl });
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

  beforeEach(async () => {
    service = await startApiOnRedis(env);
    database = await openDatabase({ url: env.DATABASE_URL });
  });

  afterEach(() => service.stop());

  test('what another process writes in SQL is seen within a second', async () => {
    await seeRawWrites(service.client);
  });

  test('a name that SQL wrote with spaces around it is the same on every way', async () => {
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

  test('a change in the log that cannot be read stops no later one', async () => {
    await seeRawWritesAfterUnreadableChange(service.client);
    expect((await service.client.health.ready()).status).toBe('ok');
  });

  test('what a service writes that does not reach Redis is seen within a second', async () => {
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

  test('what was written while no service ran is not served old by the next', async () => {
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

  test('an operator can read how far the log was applied', async () => {
    const { client, redis, key } = service;
    await client.products.update(await cachedProduct(client), { price: 7 });
    const watermark = `${key('').replace(/product:$/, '')}cache:applied`;
    const { seq } = await database.changeLog.head();
    const databaseId = await database.changeLog.databaseId();
    await eventually(async () =>
      expect(await redis.get(watermark)).toMatch(new RegExp(`^${databaseId} ${seq} `)),
    );
  });
});

function redisUrl({ options }: ApiOnRedis['redis']): string {
  return `redis://${options.host}:${options.port}`;
}
