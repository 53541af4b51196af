import { randomUUID } from 'node:crypto';
import { createCache, createMemoryStore } from '@product-api/cache';
import type { Dialect } from '@product-api/database';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { productCodec } from '../src/products/product-codec.js';
import type { StockRefusedError } from '../src/stock/stock-errors.js';
import { StockRepository } from '../src/stock/stock-repository.js';
import { StockService } from '../src/stock/stock-service.js';
import { type Catalog, describeDialects, now } from './open-catalog.js';
import { mouse } from './sample-product.js';

const PRODUCTS = 3;

const product = fc.nat(PRODUCTS - 1);
const line = fc.record(
  {
    product,
    delta: fc.integer({ min: -6, max: 4 }).filter((delta) => delta !== 0),
    expected: fc.nat(6),
  },
  { requiredKeys: ['product', 'delta'] },
);

/** Adjustments at the same time, or a change that is not an adjustment. */
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.array(fc.array(line, { minLength: 1, maxLength: 4 }), { maxLength: 8 }),
  },
  { weight: 1, arbitrary: fc.record({ product, quantity: fc.nat(12) }) },
);

type Line = typeof line extends fc.Arbitrary<infer Value> ? Value : never;

/** Applies an adjustment to plain integers, and returns the quantities of its products. */
function applyTo(quantities: number[], lines: readonly Line[]): number[] | string {
  const isExpected = lines.every(
    ({ product, expected }) => expected === undefined || expected === quantities[product],
  );
  if (!isExpected) {
    return 'stock-changed';
  }
  const after = [...quantities];
  for (const { product, delta } of lines) {
    after[product] = (after[product] ?? 0) + delta;
  }
  if (after.some((quantity) => quantity < 0)) {
    return 'insufficient-stock';
  }
  quantities.splice(0, PRODUCTS, ...after);
  return [...new Set(lines.map(({ product }) => product))].map((index) => after[index] ?? 0);
}

function createService({ database }: Catalog): StockService {
  const store = createMemoryStore({ maxBytes: 1_000_000 });
  const cache = createCache({ store, codec: productCodec, ttlSeconds: 60 });
  return new StockService({ repository: new StockRepository(database, () => now), cache });
}

/** Returns the lines of a product's ledger, the oldest first. */
async function ledgerOf(service: StockService, id: string) {
  const { page } = await service.ledger(id, { limit: 200, cursor: undefined });
  return page.items.toReversed();
}

/** A constraint that refuses a line with a certain reason. */
const refuseReason: Readonly<Record<Dialect, string>> = {
  sqlite: `CREATE TRIGGER refuse BEFORE INSERT ON stock_adjustments WHEN NEW.reason = 'refused'
    BEGIN SELECT RAISE(ABORT, 'refused'); END`,
  postgresql: "ALTER TABLE stock_adjustments ADD CHECK (reason <> 'refused')",
};

describeDialects((openCatalog) => {
  test('adjustments and other changes have the results of plain integers', async () => {
    const catalog = await openCatalog();
    const service = createService(catalog);
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
        const quantities = Array.from({ length: PRODUCTS }, () => 3);
        const ids = quantities.map(() => randomUUID());
        const idOf = (product: number) => ids[product] ?? '';
        for (const id of ids) {
          await catalog.repository.insert(id, { ...mouse, stock_quantity: 3 });
        }
        for (const each of steps) {
          if ('quantity' in each) {
            const { product, quantity } = each;
            quantities[product] = quantity;
            await catalog.repository.update({ id: idOf(product) }, { stock_quantity: quantity });
            continue;
          }
          const adjusting = each.map((lines) =>
            service
              .adjustMany({
                lines: lines.map(({ product, ...rest }) => ({
                  product_id: idOf(product),
                  ...rest,
                })),
              })
              .then((products) => products.map(({ stock_quantity }) => stock_quantity))
              .catch((error: StockRefusedError) => error.kind),
          );
          const expected = each.map((lines) => applyTo(quantities, lines));
          expect(await Promise.all(adjusting)).toEqual(expected);
        }
        for (const [product, quantity] of quantities.entries()) {
          const stored = await catalog.repository.find({ id: idOf(product) });
          expect(stored?.product.stock_quantity).toBe(quantity);
          const ledger = await ledgerOf(service, idOf(product));
          let sum = 0;
          for (const { delta, quantity_after } of ledger) {
            sum += delta;
            expect(quantity_after).toBe(sum);
          }
          expect(sum).toBe(ledger.length === 0 ? 0 : quantity);
        }
      }),
      { seed: 20_261_128, numRuns: 60 },
    );
  });

  test('an adjustment that breaks a constraint fails alone', async () => {
    const { database, repository } = await openCatalog();
    await database.client.$executeRawUnsafe(refuseReason[database.dialect]);
    const stock = new StockRepository(database, () => now);
    const { product } = await repository.insert(randomUUID(), mouse);
    const lines = [{ id: product.id, delta: -1 }];
    const adjustments = [{ lines }, { lines, reason: 'refused' }, { lines }];
    const outcomes = await Promise.allSettled(adjustments.map(await stock.adjust(adjustments)));
    const sold = (stock_quantity: number, version: number) => {
      const products = [{ ...product, stock_quantity }];
      return { status: 'fulfilled', value: { products, versions: { [product.id]: version } } };
    };
    expect(outcomes).toEqual([
      sold(99, 2),
      { status: 'rejected', reason: expect.anything() },
      sold(98, 3),
    ]);
    expect(await repository.find({ id: product.id })).toMatchObject({ version: 3 });
  });

  test('all buyers of one tick are one change of the row', async () => {
    const catalog = await openCatalog();
    const { product } = await catalog.repository.insert(randomUUID(), mouse);
    const service = createService(catalog);
    const buyers = Array.from({ length: 150 }, () =>
      service.adjust(product.id, { delta: -1 }).then(
        ({ stock_quantity }) => stock_quantity,
        (error: StockRefusedError) => error.kind,
      ),
    );
    const results = await Promise.all(buyers);
    expect(results.slice(0, 100)).toEqual(Array.from({ length: 100 }, (_, sold) => 99 - sold));
    expect(new Set(results.slice(100))).toEqual(new Set(['insufficient-stock']));
    expect(await catalog.repository.find({ id: product.id })).toMatchObject({ version: 2 });
  });
});
