import { randomUUID } from 'node:crypto';
import { productSorts } from '@product-api/contract';
import { migrate } from '@product-api/database';
import { describeWith } from '@product-api/testing/describe-with';
import { runSql, sharedPostgresUrl } from '@product-api/testing/postgres';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import type { PageQuery } from '../src/products/database/page-statement.js';
import { encodeCursor, type ProductCursor } from '../src/products/product-cursor.js';
import type { ProductRepository } from '../src/products/product-repository.js';
import { openCatalogAt, openSqliteCatalog } from './open-catalog.js';
import { toData } from './prisma-product.js';
import { products } from './random-products.js';

/** Names that other orders than that of the bytes would sort elsewhere. */
const names = ['a', 'B', 'ä', 'Z', 'z', 'ss', 'ß', '\uffee', '𝄞', '🐭', 'e\u0301', 'é', '_', ' x'];

describeWith('postgres')('the pages of the same rows', () => {
  test('are the same on both databases, byte for byte, in a database with another locale', async () => {
    const sqlite = await openSqliteCatalog();
    const postgresql = await openCatalogAt(await icuDatabase());
    const data = fc.sample(rows, { seed: 4, numRuns: 120 }).map((row, index) => ({
      ...row,
      // Each of these characters takes six bytes as JSON, so that some pages end early.
      description: index % 3 === 0 ? '\u0001'.repeat(index * 80) : row.description,
    }));
    const named = names.map((name) => ({ ...toData(randomUUID(), lamp), name }));
    for (const { database } of [sqlite, postgresql]) {
      await database.client.product.createMany({ data: [...data, ...named] });
    }
    for (const sort of productSorts) {
      for (const limit of [7, 200]) {
        const query = { sort, limit, min_price: 0.0001 };
        const pages = await pagesOf(sqlite.repository, query);
        expect(pages.length).toBeGreaterThan(1);
        expect(await pagesOf(postgresql.repository, query)).toEqual(pages);
      }
    }
  });

  test('after a cursor beyond every value are the same', async () => {
    const sqlite = await openSqliteCatalog();
    const postgresql = await openCatalogAt(await icuDatabase());
    const data = names.map((name) => ({ ...toData(randomUUID(), lamp), name }));
    for (const { database } of [sqlite, postgresql]) {
      await database.client.product.createMany({ data });
    }
    for (const sort of productSorts) {
      const value = sort.endsWith('name') ? '\u{10ffff}' : Number.MAX_SAFE_INTEGER;
      const cursor = { sort, value, id: randomUUID() };
      const { items, next } = await sqlite.repository.list({ sort, limit: 20 }, cursor);
      expect(items).toHaveLength(sort.startsWith('-') ? names.length : 0);
      const same = await postgresql.repository.list({ sort, limit: 20 }, cursor);
      expect({ items: same.items, next: same.next }).toEqual({ items, next });
    }
  });
});

const lamp = { name: 'Lamp', description: '', price: 1, stock_quantity: 0 };

const times = fc.integer({ min: 0, max: 9999 }).map((ms) => new Date(1_790_000_000_000 + ms));

const rows = fc.tuple(products, times, times).map(([product, createdAt, updatedAt]) => ({
  ...toData(randomUUID(), product),
  createdAt,
  updatedAt,
}));

/** Creates a migrated database that compares texts as English does, unless a column says else. */
async function icuDatabase(): Promise<string> {
  const server = sharedPostgresUrl();
  const name = `icu_${randomUUID().replaceAll('-', '')}`;
  await runSql(
    server,
    `CREATE DATABASE ${name} LOCALE_PROVIDER icu ICU_LOCALE 'en-US' TEMPLATE template0`,
  );
  onTestFinished(async () => {
    await runSql(server, `DROP DATABASE ${name} WITH (FORCE)`);
  });
  const url = Object.assign(new URL(server), { pathname: `/${name}` }).href;
  await migrate({ url });
  return url;
}

/** Returns all pages, each as the text of its products and its cursor. */
async function pagesOf(repository: ProductRepository, query: PageQuery): Promise<string[]> {
  const pages: string[] = [];
  let after: ProductCursor | undefined;
  do {
    const { items, next } = await repository.list(query, after);
    pages.push(`${JSON.stringify(items)} ${next && encodeCursor(next)}`);
    after = next;
  } while (after !== undefined);
  return pages;
}
