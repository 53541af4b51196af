import { createCache, createMemoryStore } from '@product-api/cache';
import { openDatabase } from '@product-api/database';
import { expect, test } from 'vitest';
import { productCodec } from '../src/products/product-codec.js';
import { ContentionError } from '../src/products/product-errors.js';
import { ProductService } from '../src/products/product-service.js';
import { ProductSearch } from '../src/products/search/product-search.js';
import { SearchRepository } from '../src/products/search/search-repository.js';
import { type CatalogOptions, describeDialects, type OpenCatalog } from './open-catalog.js';
import { mouse, UNKNOWN_ID } from './sample-product.js';

async function createService(openCatalog: OpenCatalog, options?: CatalogOptions) {
  const { url, database, repository } = await openCatalog(options);
  const cache = createCache({
    store: createMemoryStore({ maxBytes: 1_000_000 }),
    codec: productCodec,
    ttlSeconds: 60,
  });
  const service = new ProductService({
    repository,
    search: new ProductSearch(new SearchRepository(database)),
    cache,
    newId: () => UNKNOWN_ID,
  });
  const { id } = await service.create(mouse);
  return { url, database, repository, service, id };
}

describeDialects((openCatalog) => {
  test('a change between check and write makes the service check again', async () => {
    const { repository, service, id } = await createService(openCatalog);
    const checked: number[] = [];
    const updated = await service.update(id, { price: 1 }, (current) => {
      checked.push(current.stock_quantity);
      if (checked.length < 20) {
        void repository.update({ id }, { stock_quantity: checked.length });
      }
    });
    expect(checked).toEqual([
      mouse.stock_quantity,
      ...Array.from({ length: 19 }, (_, at) => at + 1),
    ]);
    expect(updated).toEqual({ ...mouse, id, price: 1, stock_quantity: 19 });
  });

  test('a change that always meets another one fails with a ContentionError', async () => {
    const { repository, service, id } = await createService(openCatalog);
    const change = service.delete(id, () => void repository.update({ id }, { stock_quantity: 1 }));
    await expect(change).rejects.toThrow(ContentionError);
    expect(await repository.find({ id })).toBeDefined();
  });

  test('conditional changes of a locked row fail together, after the time limit of one', async () => {
    const { url, database, service, id } = await createService(openCatalog, { busyTimeoutMs: 500 });
    const other = await openDatabase({ url });
    const errors = new Set<unknown>();
    await other.client.$transaction(async (transaction) => {
      await transaction.$executeRaw`UPDATE products SET name = 'Other'`;
      const changes = [1, 2, 3, 4].map((price) => service.update(id, { price }, () => undefined));
      for (const change of await Promise.allSettled(changes)) {
        errors.add(change.status === 'rejected' ? change.reason : undefined);
      }
    });
    await other.close();
    // One statement waited for the lock, so there is one error.
    expect(Array.from(errors, database.failureOf)).toEqual(['busy']);
    expect(await service.update(id, { price: 5 }, () => undefined)).toMatchObject({ price: 5 });
  });

  test('a failed conditional change does not block the next one', async () => {
    const { service, id } = await createService(openCatalog);
    const refuse = () => {
      throw new TypeError('refused');
    };
    const changes = [refuse, () => undefined, refuse, () => undefined].map((check, at) =>
      service.update(id, { stock_quantity: at }, check),
    );
    const outcomes = await Promise.allSettled(changes);
    expect(outcomes.map(({ status }) => status)).toEqual([
      'rejected',
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
  });
});
