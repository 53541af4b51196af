import { createCache, createMemoryStore } from '@product-api/cache';
import { expect, test } from 'vitest';
import { productCodec } from '../src/products/product-codec.js';
import { ContentionError } from '../src/products/product-errors.js';
import { ProductService } from '../src/products/product-service.js';
import { ProductSearch } from '../src/products/search/product-search.js';
import { SearchRepository } from '../src/products/search/search-repository.js';
import { describeDialects, type OpenCatalog } from './open-catalog.js';
import { mouse, UNKNOWN_ID } from './sample-product.js';

async function createService(openCatalog: OpenCatalog) {
  const { database, repository } = await openCatalog();
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
  return { repository, service, id };
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
