import { randomUUID } from 'node:crypto';
import { createCache, createMemoryStore } from '@product-api/cache';
import { openDatabase } from '@product-api/database';
import { describeWith } from '@product-api/testing/describe-with';
import { expect, onTestFinished, test } from 'vitest';
import { productCodec } from '../src/products/product-codec.js';
import { StockRepository } from '../src/stock/stock-repository.js';
import { StockService } from '../src/stock/stock-service.js';
import { type CatalogOptions, now, openPostgresqlCatalogs } from './open-catalog.js';
import { mouse } from './sample-product.js';

const SELL_ONE = `
  UPDATE products SET stock_quantity = stock_quantity - 1 WHERE id = ANY ($1::uuid[])`;

describeWith('postgres')('while another program has locked products', () => {
  const openCatalog = openPostgresqlCatalogs();

  /** Opens a service with products of 10 pieces each. */
  async function openStock(products: number, options?: CatalogOptions) {
    const { url, database, repository } = await openCatalog(options);
    const store = createMemoryStore({ maxBytes: 1_000_000 });
    const cache = createCache({ store, codec: productCodec, ttlSeconds: 60 });
    const stock = new StockService({
      repository: new StockRepository(database, () => now),
      cache,
    });
    const ids = Array.from({ length: products }, () => randomUUID());
    for (const id of ids) {
      await repository.insert(id, { ...mouse, stock_quantity: 10 });
    }
    const other = await openDatabase({ url });
    onTestFinished(() => other.close());
    /** Runs a transaction of another program, which ends after `meanwhile`. */
    const inOtherProgram = (sql: string, locked: readonly string[], meanwhile: () => unknown) =>
      other.client.$transaction(
        async (transaction) => {
          await transaction.$executeRawUnsafe(sql, locked);
          await meanwhile();
        },
        { timeout: 15_000 },
      );
    const take = async (id: string, delta = -1) => {
      const product = await stock.adjust(id, { delta });
      return product.stock_quantity;
    };
    return { stock, database, ids, inOtherProgram, take };
  }

  test('only their buyers wait, and in their order', async () => {
    const { stock, ids, inOtherProgram, take } = await openStock(3);
    const [locked = '', free = '', connected = ''] = ids;
    const waiting: Promise<unknown>[] = [];
    let done = 0;
    const wait = (...results: Promise<unknown>[]) =>
      waiting.push(...results.map((result) => result.finally(() => done++)));
    await inOtherProgram(SELL_ONE, [locked], async () => {
      const both = [
        { product_id: locked, delta: -3 },
        { product_id: connected, delta: -3 },
      ];
      // The third waits, too: it comes after the adjustment of both.
      wait(take(locked, -2), stock.adjustMany({ lines: both }), take(connected, -4));
      expect(await take(free)).toBe(9);
      wait(take(locked));
      expect(await take(free)).toBe(8);
      expect(done).toBe(0);
    });
    expect(await Promise.all(waiting)).toMatchObject([
      7,
      [{ stock_quantity: 4 }, { stock_quantity: 7 }],
      3,
      3,
    ]);
  });

  test('only their buyers fail, after one time limit', async () => {
    const { database, ids, inOtherProgram, take } = await openStock(2, { busyTimeoutMs: 300 });
    const [locked = '', free = ''] = ids;
    await inOtherProgram(SELL_ONE, [locked], async () => {
      const [refused, sold] = await Promise.allSettled([take(locked), take(free)]);
      expect(sold).toMatchObject({ status: 'fulfilled', value: 9 });
      expect(refused).toMatchObject({
        status: 'rejected',
        reason: expect.toSatisfy((error) => database.failureOf(error) === 'busy'),
      });
    });
    expect(await take(locked)).toBe(8);
  });

  test.each([2, 8])(
    'the locks of many products leave some of %i connections for others',
    async (poolSize) => {
      const { ids, inOtherProgram, take } = await openStock(12, { poolSize });
      const [free = '', ...others] = ids;
      let waiting: Promise<number>[] = [];
      await inOtherProgram(SELL_ONE, others, async () => {
        waiting = others.map((id) => take(id));
        for (const left of [9, 8, 7]) {
          expect(await take(free)).toBe(left);
        }
      });
      expect(await Promise.all(waiting)).toEqual(others.map(() => 8));
    },
  );

  test('a deleted product is not found once its deletion is committed', async () => {
    const { ids, inOtherProgram, take } = await openStock(2);
    const [deleted = '', free = ''] = ids;
    let refused: Promise<unknown> = Promise.resolve();
    const sql = 'DELETE FROM products WHERE id = ANY ($1::uuid[])';
    await inOtherProgram(sql, [deleted], async () => {
      refused = take(deleted).catch((error: unknown) => error);
      expect(await take(free)).toBe(9);
    });
    expect(await refused).toMatchObject({ kind: 'product-not-found' });
  });
});
