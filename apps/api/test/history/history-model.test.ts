import { randomUUID } from 'node:crypto';
import { createCache, createMemoryStore } from '@product-api/cache';
import type { CreateProduct, HistoryEntry } from '@product-api/contract';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HistoryRepository } from '../../src/history/history-repository.js';
import { HistoryService } from '../../src/history/history-service.js';
import { productCodec } from '../../src/products/product-codec.js';
import { StockRepository } from '../../src/stock/stock-repository.js';
import { StockService } from '../../src/stock/stock-service.js';
import { type Catalog, describeDialects, now } from '../open-catalog.js';
import { changes, products } from '../random-products.js';

const step = fc.oneof(
  fc.record({ kind: fc.constant('create' as const), product: products }),
  fc.record({ kind: fc.constant('update' as const), changes }),
  fc.record({ kind: fc.constant('delete' as const) }),
  fc.record({ kind: fc.constant('adjust' as const), delta: fc.constantFrom(-1, 1, 7) }),
  fc.record({
    kind: fc.constant('restore' as const),
    keepsStock: fc.boolean(),
    version: fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined }),
  }),
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

type Values = Required<CreateProduct>;
type Expected = Pick<HistoryEntry, 'version' | 'kind' | 'previous'>;

/** One product, and the values of all its versions, as plain objects. */
class Model {
  /** By version, which counts from 1; undefined for a deletion. */
  readonly versions: (Values | undefined)[] = [];
  readonly history: Expected[] = [];

  get current(): Values | undefined {
    return this.versions.at(-1);
  }

  create(values: Values): void {
    this.#add('create', values, null);
  }

  delete(): void {
    this.#add('delete', undefined, this.current ?? null);
  }

  set(changes: Partial<Values>): void {
    const before = this.current ?? expect.unreachable();
    const after: Values = { ...before, ...changes };
    const names = Object.keys(before) as (keyof Values)[];
    const changed = names.filter((name) => before[name] !== after[name]);
    const previous = Object.fromEntries(changed.map((name) => [name, before[name]]));
    this.#add('update', after, previous);
  }

  /** Restores a version, and returns whether that is possible. */
  restore(version: number | undefined, keepsStock: boolean): boolean {
    const { current } = this;
    const wanted = version ?? this.#lastBeforeDeletion();
    const values = wanted === undefined ? undefined : this.versions[wanted - 1];
    if (values === undefined) {
      return false;
    }
    if (current === undefined) {
      this.create(values);
      return true;
    }
    const { stock_quantity } = keepsStock ? current : values;
    const target = { ...values, stock_quantity };
    if (JSON.stringify(target) !== JSON.stringify(current)) {
      if (version === undefined) {
        return false;
      }
      this.set(target);
    }
    return true;
  }

  /** Also if the product was restored by the last change. */
  #lastBeforeDeletion(): number | undefined {
    const isDeleted = (index: number) => this.history.at(index)?.kind === 'delete';
    if (this.versions.length > 0 && isDeleted(-1)) {
      return this.versions.length - 1;
    }
    const isBack = this.history.at(-1)?.kind === 'create' && isDeleted(-2);
    const version = this.versions.length - 2;
    const isSame = JSON.stringify(this.versions[version - 1]) === JSON.stringify(this.current);
    return isBack && isSame ? version : undefined;
  }

  #add(kind: Expected['kind'], values: Values | undefined, previous: Expected['previous']): void {
    this.versions.push(values);
    this.history.unshift({ version: this.versions.length, kind, previous });
  }
}

function open({ database, repository }: Catalog) {
  const store = createMemoryStore({ maxBytes: 1_000_000 });
  const cache = createCache({ store, codec: productCodec, ttlSeconds: 60 });
  const history = new HistoryService({
    ...{ repository: new HistoryRepository(database, () => now), products: repository, cache },
  });
  const stock = new StockService({ repository: new StockRepository(database, () => now), cache });
  return { products: repository, history, stock };
}

/** Makes a step in the catalog and in the model. */
async function make(
  { products, history, stock }: ReturnType<typeof open>,
  model: Model,
  id: string,
  step: Step,
): Promise<void> {
  const { current } = model;
  if (step.kind === 'restore') {
    const { version, keepsStock } = step;
    const restored = history.restore(id, { version, keepsStock }).then(
      ({ id: _, ...values }) => values,
      () => false,
    );
    const expected = model.restore(version, keepsStock) && model.current;
    expect(await restored).toEqual(expected);
  } else if (step.kind === 'create' && current === undefined) {
    await products.insert(id, step.product);
    model.create({ ...step.product });
  } else if (step.kind === 'update' && current) {
    await products.update({ id }, step.changes);
    model.set(step.changes);
  } else if (step.kind === 'delete' && current) {
    await products.delete({ id });
    model.delete();
  } else if (step.kind === 'adjust' && current) {
    const stock_quantity = current.stock_quantity + step.delta;
    if (stock_quantity >= 0 && stock_quantity <= Number.MAX_SAFE_INTEGER) {
      await stock.adjust(id, { delta: step.delta });
      model.set({ stock_quantity });
    }
  }
}

describeDialects((openCatalog) => {
  test('histories and restored versions are those of a plain model', {
    timeout: 60_000,
  }, async () => {
    const catalog = open(await openCatalog());
    const shown = async (id: string) => {
      const { page } = await catalog.history.list(id, { limit: 200, cursor: undefined });
      return page.items.map(({ version, kind, previous }) => ({ version, kind, previous }));
    };
    const property = fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
      const id = randomUUID();
      const model = new Model();
      for (const each of steps) {
        await make(catalog, model, id, each);
        if (model.history.length > 0) {
          expect(await shown(id)).toEqual(model.history);
        }
      }
      for (const version of [...model.versions.keys()]) {
        await make(catalog, model, id, {
          kind: 'restore',
          keepsStock: false,
          version: version + 1,
        });
      }
    });
    await fc.assert(property, { seed: 20_261_130, numRuns: 40 });
  });
});
