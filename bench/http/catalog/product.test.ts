import { temporaryFolder } from '@product-api/testing';
import Libsql from 'libsql';
import { describe, expect, onTestFinished, it as test } from 'vitest';
import { productId, productText } from './product.js';
import { seedCatalog } from './seed-catalog.js';

describe('the catalog', () => {
  test('has in its file the products that are computed', async () => {
    const folder = await temporaryFolder();
    onTestFinished(() => folder.remove());
    await seedCatalog(folder.file('catalog.db'), 600);
    const database = new Libsql(folder.file('catalog.db'));
    onTestFinished(() => {
      database.close();
    });
    for (const n of [0, 1, 599]) {
      const row = database
        .prepare(
          `SELECT id, name, description, price_units / 10000.0 AS price, stock_quantity
           FROM products WHERE id = ?`,
        )
        .get(productId(n));
      expect(row).toMatchObject(JSON.parse(productText(n)));
    }
  });
});
