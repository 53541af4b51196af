import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, createClient } from '@product-api/client';
import { type Database, migrate, openDatabase } from '@product-api/database';
import { eventually, type RunningApi, startApi } from '@product-api/testing';
import { describeWith } from '@product-api/testing/describe-with';
import {
  createPostgresDatabase,
  type PostgresDatabase,
  runSql,
} from '@product-api/testing/postgres';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { type ApiOnRedis, startApiOnRedis } from './api-on-redis.js';
import { mouse } from './sample-product.js';

/** The limit for a change to become visible that no host has made: a poll, with a wide margin. */
const withinASecond = { timeoutMs: 1000 };

/** Writes, each of which is followed by a read on the other host and one on the same host. */
const WRITES = 300;

/** Pairs of conditional writes at the same time. */
const RACES = 30;

/** Rows that a test locks, so that writes to them wait. */
const LOCKED_ROWS = 40;

const fetchReadiness = async (baseUrl: string) => (await fetch(`${baseUrl}/health/ready`)).status;

describeWith('redis', 'postgres')('two hosts on one PostgreSQL and one Redis', () => {
  let catalog: PostgresDatabase;
  let database: Database;
  let service: ApiOnRedis;
  let otherApi: RunningApi;
  let one: Client;
  let other: Client;

  beforeAll(async () => {
    catalog = await createPostgresDatabase();
    await migrate({ url: catalog.url });
    database = await openDatabase({ url: catalog.url });
    // With one connection, a single statement that waits exhausts the pool of the first host.
    const env = { DATABASE_URL: catalog.url, SEED: 'false' };
    service = await startApiOnRedis({ ...env, DATABASE_POOL: '1' });
    otherApi = await startApi({ env: { ...env, ...service.settings } });
    one = service.client;
    other = createClient({ baseUrl: otherApi.baseUrl });
  });

  afterAll(async () => {
    await otherApi.stop();
    await service.stop();
    await database.close();
    await catalog.drop();
  });

  /** Creates a product, and reads it until it is cached. */
  async function cachedProduct(): Promise<string> {
    const { id } = await one.products.create(mouse);
    await eventually(async () => (await other.products.withEtag.get(id)).cache === 'HIT');
    return id;
  }

  const nameOf = async (id: string) => (await other.products.get(id)).name;
  const rename = (id: string, name: string) =>
    `UPDATE products SET name = '${name}' WHERE id = '${id}'`;

  /** Begins a transaction, which is rolled back after the test unless the test commits it. */
  async function beginTransaction(sql: string, url = catalog.url): Promise<() => Promise<void>> {
    const { client, close } = await openDatabase({ url, poolSize: 1 });
    await client.$executeRawUnsafe('BEGIN');
    onTestFinished(close);
    await client.$queryRawUnsafe(sql);
    return async () => {
      await client.$executeRawUnsafe('COMMIT');
    };
  }

  test('each host reads at once what the other has written', async () => {
    const id = await cachedProduct();
    const seen: { price: number; read: number; cache: string | undefined }[] = [];
    for (let price = 1; price <= WRITES; price++) {
      const [writer, reader] = price % 2 === 0 ? [one, other] : [other, one];
      await writer.products.update(id, { price });
      for (const host of [reader, writer]) {
        const { product, cache } = await host.products.withEtag.get(id);
        seen.push({ price, read: product.price, cache });
      }
    }
    expect(seen.filter(({ price, read }) => price !== read)).toEqual([]);
    // Most of the second reads of a value; a busy machine may bypass Redis at times.
    expect(seen.filter(({ cache }) => cache === 'HIT').length).toBeGreaterThan(WRITES / 4);
  });

  test('of two conditional writes at once, exactly one wins', async () => {
    const id = await cachedProduct();
    for (let race = 0; race < RACES; race++) {
      const { etag } = await one.products.withEtag.get(id);
      const writes = [one, other].map((host, index) =>
        host.products.update(id, { stock_quantity: 2 * race + index }, { ifMatch: etag }),
      );
      const [first, second] = await Promise.allSettled(writes);
      const [won, lost] = first?.status === 'fulfilled' ? [first, second] : [second, first];
      expect(won).toMatchObject({ status: 'fulfilled' });
      expect(lost).toMatchObject({ status: 'rejected', reason: { status: 412 } });
      const stored = won?.status === 'fulfilled' ? won.value.stock_quantity : undefined;
      for (const host of [one, other]) {
        expect((await host.products.get(id)).stock_quantity).toBe(stored);
      }
    }
  });

  test('SQL by hand is visible within a second, also when the first change commits last', async () => {
    const [late, early] = [await cachedProduct(), await cachedProduct()];
    const commitLate = await beginTransaction(`${rename(late, 'Late')} RETURNING id`);
    await runSql(catalog.url, rename(early, 'Early'));
    await eventually(async () => expect(await nameOf(early)).toBe('Early'), withinASecond);
    // The log was read beyond the place of the first change.
    expect((await other.products.withEtag.get(late)).cache).toBe('HIT');
    await commitLate();
    await eventually(async () => expect(await nameOf(late)).toBe('Late'), withinASecond);
  });

  test('a transaction that stays open in another database delays nothing', async () => {
    const foreign = await createPostgresDatabase();
    onTestFinished(foreign.drop);
    await migrate({ url: foreign.url });
    const id = await cachedProduct();
    await beginTransaction('SELECT pg_current_xact_id()::text', foreign.url);
    await runSql(catalog.url, rename(id, 'Renamed'));
    await eventually(async () => expect(await nameOf(id)).toBe('Renamed'), withinASecond);
  });

  test('a host whose connections are all in use is not ready, and the other one serves', async () => {
    const { baseUrl } = service.api;
    const creations = Array.from({ length: LOCKED_ROWS }, () => one.products.create(mouse));
    const locked = (await Promise.all(creations)).map(({ id }) => id);
    const unlock = await beginTransaction(
      `SELECT id::text FROM products WHERE id IN ('${locked.join("', '")}') FOR UPDATE`,
    );
    const stalled = createClient({ baseUrl, retry: { limit: 0 } }).products;
    const writes: Promise<unknown>[] = [];
    // Writes follow each other, so that one of them always waits for the connection.
    const write = async () => {
      for (const id of locked) {
        writes.push(stalled.update(id, { price: 1 }).catch((error: unknown) => error));
        await sleep(200);
      }
    };
    const writing = write();
    // The pause lets writes wait before the next check: the first in line gets the connection.
    await eventually(async () => expect(await fetchReadiness(baseUrl)).toBe(503), {
      timeoutMs: 30_000,
      intervalMs: 1000,
    });

    expect(await fetchReadiness(otherApi.baseUrl)).toBe(200);
    const { id } = await other.products.create(mouse);
    expect((await other.products.update(id, { price: 7 })).price).toBe(7);
    await unlock();
    await writing;
    await Promise.all(writes);
    await eventually(async () => expect(await fetchReadiness(baseUrl)).toBe(200));
    expect((await one.products.get(id)).price).toBe(7);
  });
});
