import { randomUUID } from 'node:crypto';
import { createCache, parseRedisUrl } from '@product-api/cache';
import { createRedisStore } from '@product-api/cache/redis';
import type { Database } from '@product-api/database';
import { type SharedRedis, sharedRedis } from '@product-api/testing';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { batchSources, type FoundProducts, printBatch } from '../src/products/product-batch.js';
import { productChangeLog } from '../src/products/product-change-log.js';
import { productCodec } from '../src/products/product-codec.js';
import { ProductRepository } from '../src/products/product-repository.js';
import { ProductService } from '../src/products/product-service.js';
import { ProductSearch } from '../src/products/search/product-search.js';
import { SearchRepository } from '../src/products/search/search-repository.js';
import { describeDialects, now, openSqliteCatalog } from './open-catalog.js';
import { mouse, UNKNOWN_ID } from './sample-product.js';

const BATCH = 200;

let redis: SharedRedis;

beforeAll(async () => {
  redis = await sharedRedis();
});
afterAll(() => redis.stop());

/** Returns the body of a batch. */
async function textOf(found: FoundProducts): Promise<string> {
  const json = await printBatch(found);
  return typeof json === 'string' ? json : Buffer.concat(json).toString();
}

/** Opens the service on a database and a namespace of its own, and counts its statements. */
async function openService(database: Database) {
  let statements = 0;
  const client = new Proxy(database.client, {
    get(target, name) {
      if (name === '$queryRaw') {
        statements += 1;
      }
      return Reflect.get(target, name);
    },
  });
  const changeLog = productChangeLog(database.changeLog, { keepMs: 60_000, keepAtMost: 10_000 });
  const store = createRedisStore({
    address: parseRedisUrl(redis.url),
    namespace: `test-${randomUUID()}:`,
    timeoutMs: 5000,
    relay: { changeLog, longestLifeMs: 60_000, maxLagMs: 60_000 },
  });
  onTestFinished(() => store.close());
  expect(await store.waitUntilReady(5000)).toBe(true);
  const service = new ProductService({
    repository: new ProductRepository(
      Object.create(database, { client: { value: client } }),
      () => now,
    ),
    search: new ProductSearch(new SearchRepository(database)),
    // An audit of a hit would be one more statement.
    cache: createCache({ store, codec: productCodec, audit: { every: 0 } }),
    newId: randomUUID,
  });
  return { service, statements: () => statements };
}

describeDialects((openCatalog) => {
  test('long descriptions are read by several statements, which leave out no product', async () => {
    const { database } = await openCatalog();
    const { service, statements } = await openService(database);
    const description = 'x'.repeat(10_000);
    const created = await Promise.all(
      Array.from({ length: 60 }, () => service.create({ ...mouse, description })),
    );
    const before = statements();
    const found = await service.getMany([...created.map(({ id }) => id), UNKNOWN_ID]);
    // A statement reads 26 of them: the last of these begins after 250,000 characters.
    expect([statements() - before, batchSources(found)]).toEqual([3, 'MISS 61']);
    expect(JSON.parse(await textOf(found))).toEqual({ items: created, missing: [UNKNOWN_ID] });
  });

  test(`${BATCH} misses are one statement, and then hits without any`, async () => {
    const { database } = await openCatalog();
    const { service, statements } = await openService(database);
    const created = await Promise.all(
      Array.from({ length: BATCH - 1 }, (_, index) =>
        service.create({ ...mouse, stock_quantity: index }),
      ),
    );
    const ids = [UNKNOWN_ID, ...created.map(({ id }) => id).reverse()];
    const before = statements();
    const missed = await service.getMany(ids);
    expect([statements() - before, batchSources(missed)]).toEqual([1, `MISS ${BATCH}`]);
    const hit = await service.getMany(ids);
    expect([statements() - before, batchSources(hit)]).toEqual([1, `HIT ${BATCH}`]);
    expect(await textOf(hit)).toBe(await textOf(missed));
    expect(JSON.parse(await textOf(hit))).toEqual({
      items: created.reverse(),
      missing: [UNKNOWN_ID],
    });
  });
});

test('a batch never has a product from before an acknowledged change', async () => {
  const { database } = await openSqliteCatalog();
  const { service } = await openService(database);
  const created = await Promise.all(Array.from({ length: 20 }, () => service.create(mouse)));
  const ids = created.map(({ id }) => id);
  for (let stock = 0; stock < 50; stock++) {
    // These batches, some of whose loads are under way, are older than the changes.
    const earlier = [service.getMany(ids), service.getMany(ids.slice(5))];
    await Promise.all(ids.map((id) => service.update(id, { stock_quantity: stock })));
    const { items } = JSON.parse(await textOf(await service.getMany(ids)));
    expect(new Set(items.map((item: typeof mouse) => item.stock_quantity))).toEqual(
      new Set([stock]),
    );
    await Promise.all(earlier);
  }
});
