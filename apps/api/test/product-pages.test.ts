import { randomUUID } from 'node:crypto';
import { type Product, productSorts } from '@product-api/contract';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PageQuery } from '../src/products/database/page-statement.js';
import { toPriceUnits } from '../src/products/database/price-units.js';
import type { ProductCursor } from '../src/products/product-cursor.js';
import type { ProductRepository } from '../src/products/product-repository.js';
import { describeDialects } from './open-catalog.js';
import { fromRow, toData } from './prisma-product.js';
import { prices, products } from './random-products.js';

describeDialects((openCatalog) => {
  test('pages of any size contain the same rows as findMany, in the same order', async () => {
    const { database, repository } = await openCatalog();
    const data = fc.sample(rows, { seed: 1, numRuns: 150 });
    await database.client.product.createMany({ data });
    await fc.assert(
      fc.asyncProperty(queries, async (query) => {
        const found = await database.client.product.findMany(prismaQuery(query));
        expect(await collect(repository, query)).toEqual(found.map(fromRow));
      }),
      { seed: 20_260_228, numRuns: 100 },
    );
  });

  test('pages that end early because of their size skip and repeat no row', async () => {
    const { database, repository } = await openCatalog();
    const sizes = fc.sample(fc.integer({ min: 0, max: 10_000 }), { seed: 2, numRuns: 120 });
    const products = fc.sample(rows, { seed: 3, numRuns: sizes.length });
    const data = products.map((row, index) => ({
      ...row,
      // Each of these characters takes six bytes as JSON.
      description: '\u0001'.repeat(sizes[index] ?? 0),
    }));
    await database.client.product.createMany({ data });
    for (const sort of productSorts) {
      const query = { sort, limit: 200 };
      const first = await repository.list(query, undefined);
      expect(first.items.length).toBeLessThan(sizes.length);
      expect(JSON.stringify(first.items).length).toBeLessThan(1.1 * 1024 * 1024);
      const found = await database.client.product.findMany(prismaQuery(query));
      expect(await collect(repository, query)).toEqual(found.map(fromRow));
    }
  });
});

const times = fc.integer({ min: 0, max: 9 }).map((second) => new Date(second * 1000));

const rows = fc.tuple(products, times, times).map(([product, createdAt, updatedAt]) => ({
  ...toData(randomUUID(), product),
  createdAt,
  updatedAt,
}));

const queries: fc.Arbitrary<PageQuery> = fc.record(
  {
    sort: fc.constantFrom(...productSorts),
    limit: fc.integer({ min: 7, max: 200 }),
    in_stock: fc.boolean(),
    min_price: fc.oneof(fc.constant(0), prices),
    max_price: prices,
  },
  { requiredKeys: ['sort', 'limit'] },
);

const columnOf = {
  created: 'createdAt',
  updated: 'updatedAt',
  name: 'name',
  price: 'priceUnits',
  stock: 'stockQuantity',
};

function prismaQuery({ sort, in_stock, min_price, max_price }: PageQuery) {
  const direction = sort.startsWith('-') ? ('desc' as const) : ('asc' as const);
  const columns = Object.entries(columnOf).filter(([key]) => sort.endsWith(key));
  return {
    where: {
      ...(in_stock !== undefined && { stockQuantity: in_stock ? { gt: 0 } : 0 }),
      priceUnits: {
        ...(min_price !== undefined && { gte: toPriceUnits(min_price) }),
        ...(max_price !== undefined && { lte: toPriceUnits(max_price) }),
      },
    },
    orderBy: [...columns.map(([, column]) => ({ [column]: direction })), { id: direction }],
  };
}

async function collect(repository: ProductRepository, query: PageQuery) {
  const items: Product[] = [];
  let after: ProductCursor | undefined;
  do {
    const page = await repository.list(query, after);
    expect(page.items.length).toBeLessThanOrEqual(query.limit);
    items.push(...page.items);
    after = page.next;
  } while (after);
  return items;
}
