import { randomUUID } from 'node:crypto';
import { describeWith } from '@product-api/testing/describe-with';
import { runSql } from '@product-api/testing/postgres';
import { describe, expect, test } from 'vitest';
import { PreconditionFailedError } from '../../src/http/problems/problem-errors.js';
import type { KeyedRequest } from '../../src/idempotency/keyed-request.js';
import type { ProductRepository } from '../../src/products/product-repository.js';
import { StockRepository } from '../../src/stock/stock-repository.js';
import {
  type Catalog,
  describeDialects,
  now,
  openCatalogAt,
  openPostgresqlCatalogs,
  openSqliteCatalog,
} from '../open-catalog.js';

const lamp = { name: 'Lamp', description: '', price: 1, stock_quantity: 0 };

/** A request with a key that counts its replays. */
function keyed(key: string, fingerprint = 'f'): KeyedRequest & { replays: number } {
  const request = {
    scope: '',
    key,
    fingerprint,
    replays: 0,
    onReplay: () => void request.replays++,
  };
  return request;
}

const insert = (repository: ProductRepository, request: KeyedRequest, product = lamp) =>
  repository.insertKeyed(randomUUID(), product, { keyed: request });

const recordsOf = ({ database }: Catalog) => database.client.idempotencyRecord.count();

describeDialects((openCatalog) => {
  test('equal writes of one batch are one write, and another one with its key is refused', async () => {
    const catalog = await openCatalog();
    const requests = [keyed('a'), keyed('a'), keyed('b'), keyed('a'), keyed('a', 'other')];
    const outcomes = await Promise.allSettled(
      requests.map((request) => insert(catalog.repository, request)),
    );
    const [first, second, other, third, reused] = outcomes;
    expect(first).toMatchObject({ status: 'fulfilled', value: { kind: 'stored', version: 1 } });
    expect([second, third]).toEqual([first, first]);
    expect(other).toMatchObject({ status: 'fulfilled' });
    expect(reused).toMatchObject({ reason: { kind: 'idempotency-key-reused' } });
    expect(requests.map(({ replays }) => replays)).toEqual([0, 1, 0, 1, 0]);
    expect(await catalog.database.client.product.count()).toBe(2);
    expect(await recordsOf(catalog)).toBe(2);
  });

  test('an outcome that another version has recorded fails its own request alone', async () => {
    const catalog = await openCatalog();
    await insert(catalog.repository, keyed('old'));
    await catalog.database.client.idempotencyRecord.updateMany({ data: { outcome: '{}' } });
    const outcomes = await Promise.allSettled(
      ['new', 'old'].map((key) => insert(catalog.repository, keyed(key))),
    );
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  });

  test('the same key in another scope is another key', async () => {
    const catalog = await openCatalog();
    await insert(catalog.repository, keyed('a'));
    await insert(catalog.repository, { ...keyed('a'), scope: 'key-1' });
    expect(await catalog.database.client.product.count()).toBe(2);
  });

  test('a write that breaks a constraint fails alone and leaves no record', async () => {
    const catalog = await openCatalog();
    const { repository, database } = catalog;
    const [valid, invalid] = await Promise.allSettled([
      insert(repository, keyed('valid')),
      insert(repository, keyed('invalid'), { ...lamp, stock_quantity: -1 }),
    ]);
    expect(valid.status).toBe('fulfilled');
    expect(invalid).toMatchObject({
      reason: expect.toSatisfy((error) => database.failureOf(error) === 'constraint'),
    });
    expect(await recordsOf(catalog)).toBe(1);
    await insert(repository, keyed('invalid'));
    expect(await recordsOf(catalog)).toBe(2);
  });

  test('a failure other than the precondition’s is not an outcome', async () => {
    const catalog = await openCatalog();
    const { repository } = catalog;
    const { product } = await repository.insert(randomUUID(), lamp);
    const change = (precondition: () => void) =>
      repository.updateKeyed(product.id, { price: 2 }, { keyed: keyed('a') }, precondition);
    const failing = change(() => {
      throw new TypeError('a bug');
    });
    await expect(failing).rejects.toThrow('a bug');
    expect(await recordsOf(catalog)).toBe(0);
    const refused = change(() => {
      throw new PreconditionFailedError('changed');
    });
    expect(await refused).toEqual({ kind: 'precondition-failed', detail: 'changed' });
    expect(await repository.find({ id: product.id })).toEqual({ product, version: 1 });
    expect(await recordsOf(catalog)).toBe(1);
  });

  test('writes of all kinds in one batch are decided in one transaction', async () => {
    const catalog = await openCatalog();
    const { repository } = catalog;
    const rows = [1, 2, 3, 4].map(() => randomUUID());
    await Promise.all(rows.map((id) => repository.insert(id, lamp)));
    const [one = '', two = '', three = '', four = ''] = rows;
    const outcomes = await Promise.all([
      insert(repository, keyed('insert')),
      repository.updateKeyed(one, { price: 2 }, { keyed: keyed('update') }, undefined),
      repository.updateKeyed(two, {}, { keyed: keyed('nothing') }, undefined),
      repository.updateKeyed(randomUUID(), { price: 2 }, { keyed: keyed('unknown') }, undefined),
      repository.deleteKeyed(three, { keyed: keyed('delete') }, undefined),
      repository.deleteKeyed(four, { keyed: keyed('refused') }, () => {
        throw new PreconditionFailedError('no');
      }),
    ]);
    expect(outcomes).toEqual([
      { kind: 'stored', product: { ...lamp, id: expect.any(String) }, version: 1 },
      { kind: 'stored', product: { ...lamp, id: one, price: 2 }, version: 2 },
      { kind: 'stored', product: { ...lamp, id: two }, version: 1 },
      { kind: 'not-found' },
      { kind: 'deleted', id: three, version: 2 },
      { kind: 'precondition-failed', detail: 'no' },
    ]);
    expect(await recordsOf(catalog)).toBe(6);
  });

  test('writes of one row are made in their order, in few transactions', async () => {
    const catalog = await openCatalog();
    const { repository } = catalog;
    const id = randomUUID();
    await repository.insert(id, lamp);
    const prices = Array.from({ length: 300 }, (_, index) => index + 1);
    const seen: number[] = [];
    const updates = prices.map((price) =>
      repository.updateKeyed(id, { price }, { keyed: keyed(`${price}`) }, (current) => {
        seen.push(current.price);
      }),
    );
    const deletion = repository.deleteKeyed(id, { keyed: keyed('delete') }, undefined);
    const late = repository.updateKeyed(id, { price: 1 }, { keyed: keyed('late') }, undefined);
    expect(await Promise.all(updates)).toEqual(
      prices.map((price) => ({
        kind: 'stored',
        product: { ...lamp, id, price },
        version: price + 1,
      })),
    );
    expect(seen).toEqual([lamp.price, ...prices.slice(0, -1)]);
    expect(await deletion).toEqual({ kind: 'deleted', id, version: 302 });
    expect(await late).toEqual({ kind: 'not-found' });
  });

  test('of equal writes in two processes, one is made', async () => {
    const one = await openCatalog();
    const other = await openCatalogAt(one.url);
    const keys = Array.from({ length: 100 }, (_, index) => `key-${index}`);
    const requests = keys.flatMap((key) => [keyed(key), keyed(key)]);
    const outcomes = await Promise.all(
      requests.map((request, index) => insert((index % 2 === 0 ? one : other).repository, request)),
    );
    expect(await one.database.client.product.count()).toBe(keys.length);
    for (let index = 0; index < requests.length; index += 2) {
      expect(outcomes[index]).toEqual(outcomes[index + 1]);
      const replays = [requests[index], requests[index + 1]].map((each) => each?.replays);
      expect(replays.sort()).toEqual([0, 1]);
    }
  });
});

test('writes that found the database locked leave their keys free', async () => {
  const catalog = await openSqliteCatalog({ busyTimeoutMs: 100 });
  const other = await openCatalogAt(catalog.url);
  await other.database.client.$transaction(async () => {
    const write = insert(catalog.repository, keyed('a'));
    await expect(write).rejects.toSatisfy((error) => catalog.database.failureOf(error) === 'busy');
  });
  const request = keyed('a');
  await insert(catalog.repository, request);
  expect(request.replays).toBe(0);
  expect(await recordsOf(catalog)).toBe(1);
});

describeWith('postgres')('on PostgreSQL', () => {
  const openCatalog = openPostgresqlCatalogs();

  test('recorded outcomes are returned while the server is read-only', async () => {
    const { url, database, repository } = await openCatalog();
    const { product } = await repository.insert(randomUUID(), { ...lamp, stock_quantity: 5 });
    const stock = new StockRepository(database, () => now);
    const [request, sale] = [keyed('change'), keyed('sale')];
    const change = () =>
      repository.updateKeyed(product.id, { price: 2 }, { keyed: request }, undefined);
    const sell = async () => {
      const adjustment = {
        lines: [{ id: product.id, delta: -1 }],
        changedBy: undefined,
        keyed: sale,
      };
      return (await stock.adjust([adjustment]))(adjustment);
    };
    const made = [await change(), await sell()];
    const name = new URL(url).pathname.slice(1);
    await runSql(url, `ALTER DATABASE ${name} SET default_transaction_read_only = on`);
    await runSql(
      url,
      `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
    // A read replaces the lost connection.
    await repository.find({ id: product.id });
    await expect(insert(repository, keyed('new'))).rejects.toSatisfy(
      (error) => database.failureOf(error) === 'read-only',
    );
    expect([await change(), await sell()]).toEqual(made);
    expect([request.replays, sale.replays]).toEqual([1, 1]);
  });

  describe('two processes', () => {
    test('that change and delete the same rows do not wait in a circle', async () => {
      const one = await openCatalog();
      const other = await openCatalogAt(one.url);
      const ids = Array.from({ length: 20 }, () => randomUUID());
      await Promise.all(ids.map((id) => one.repository.insert(id, lamp)));
      for (let price = 1; price <= 10; price++) {
        const refuse = () => {
          throw new PreconditionFailedError('stays');
        };
        const writeAll = ({ repository }: Catalog, order: readonly string[]) =>
          order.map((id, index) =>
            (index + price) % 3 === 0
              ? repository.deleteKeyed(id, { keyed: keyed(randomUUID()) }, refuse)
              : repository.updateKeyed(id, { price }, { keyed: keyed(randomUUID()) }, undefined),
          );
        await Promise.all([...writeAll(one, ids), ...writeAll(other, ids.toReversed())]);
      }
      const [stats] = await runSql(
        one.url,
        'SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()',
      );
      expect(stats).toEqual({ deadlocks: '0' });
    });
  });
});
