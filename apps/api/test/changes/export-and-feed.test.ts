import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Client, createClient, type Product } from '@product-api/client';
import { eventually, type RunningApi, startApi } from '@product-api/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeDatabases } from '../describe-databases.js';
import { send } from '../raw-request.js';
import { mouse } from '../sample-product.js';
import { exportText, importFile, ndjson, numberedLines } from '../transfers/transfer-requests.js';
import { allChanges } from './change-requests.js';

describeDatabases((catalog) => {
  let api: RunningApi;
  let products: Client['products'];

  beforeAll(async () => {
    api = await startApi({ env: { DATABASE_URL: catalog().url, SEED: 'false' } });
    ({ products } = createClient({ baseUrl: api.baseUrl }));
    // Several pages of an export.
    await importFile(api.baseUrl, numberedLines(3000));
  });

  afterAll(() => api.stop());

  const sql = (text: string) => catalog().database.client.$executeRawUnsafe(text);

  /** Writes in all ways until it is stopped. */
  function keepWriting(): () => Promise<void> {
    let isStopped = false;
    const writers = [
      async (round: number) => void (await products.create({ ...mouse, name: `New ${round}` })),
      async (round: number) => {
        const { id } = await products.create(mouse);
        await products.update(id, { price: 1 + round });
        await products.delete(id);
      },
      async (round: number) =>
        void (await sql(`UPDATE products SET stock_quantity = stock_quantity + ${round}
          WHERE name LIKE 'Product %${round % 10}3'`)),
      async (round: number) =>
        void (await sql(`DELETE FROM products WHERE name = 'Product ${round * 7}'`)),
    ];
    const done = writers.map(async (write) => {
      for (let round = 1; !isStopped; round++) {
        await write(round);
        // The driver of SQLite never waits for the event loop, on which the export arrives.
        await nextTurn();
      }
    });
    return async () => {
      isStopped = true;
      await Promise.all(done);
    };
  }

  const bytesOf = (all: ReadonlyMap<string, Product>) =>
    ndjson([...all.values()].sort((one, other) => (one.id < other.id ? -1 : 1)));

  const parse = (text: string) =>
    new Map(
      text
        .split('\n')
        .filter((line) => line !== '')
        .map((line): [string, Product] => [JSON.parse(line).id, JSON.parse(line)]),
    );

  test('an export while others write, and the changes after its cursor, are the catalog', async () => {
    const stop = keepWriting();
    const file = await send(api.baseUrl, { path: '/exports/products' });
    const exported = await catalog().database.changeFeed.head();
    await eventually(async () => {
      expect((await catalog().database.changeFeed.head()).seq).toBeGreaterThan(exported.seq + 100);
    });
    await stop();
    const all = parse(file.text);
    const after = String(file.headers['changes-cursor']);
    const changes = await allChanges(api.baseUrl, after, { include: 'product', limit: 200 });
    expect(changes.length).toBeGreaterThan(100);
    for (const { product_id, product } of changes) {
      if (product === undefined) {
        all.delete(product_id);
      } else {
        all.set(product_id, product);
      }
    }
    expect(bytesOf(all)).toBe(bytesOf(parse(await exportText(api.baseUrl))));
  });

  test('HEAD of an export has the cursor, too', async () => {
    const { headers } = await send(api.baseUrl, { method: 'HEAD', path: '/exports/products' });
    const after = String(headers['changes-cursor']);
    expect(await allChanges(api.baseUrl, after)).toEqual([]);
    await products.create(mouse);
    expect(await allChanges(api.baseUrl, after)).toHaveLength(1);
  });
});
