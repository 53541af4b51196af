import type { CreateProduct, UpdateProduct } from '@product-api/contract';
import fc from 'fast-check';
import type { ProductRepository, RowSelector } from '../src/products/product-repository.js';
import { changes, products } from './random-products.js';

/** A write of the row with this place among some ids. */
export type RandomWrite = { readonly row: number; readonly version?: number } & (
  | { readonly kind: 'insert'; readonly product: CreateProduct }
  | { readonly kind: 'update'; readonly changes: UpdateProduct }
  | { readonly kind: 'delete' }
);

/** How many rows random writes are about: so few that many meet in one turn. */
export const rowCount = 6;

const row = fc.nat(rowCount - 1);
const version = fc.integer({ min: 1, max: 3 });
// The contract lets no blank name through; a constraint refuses it too.
const refused = fc.constant({ name: ' ' });

/** A write that may meet another of its row, no row, another version, or a constraint that refuses it. */
const randomWrite: fc.Arbitrary<RandomWrite> = fc.oneof(
  fc.record({ kind: fc.constant('insert' as const), row, product: products }),
  fc.record(
    {
      kind: fc.constant('update' as const),
      row,
      version,
      changes: fc.oneof({ arbitrary: changes, weight: 5 }, refused),
    },
    { requiredKeys: ['kind', 'row', 'changes'] },
  ),
  fc.record(
    { kind: fc.constant('delete' as const), row, version },
    { requiredKeys: ['kind', 'row'] },
  ),
);

/** Some writes, in an order. */
export const randomWrites: fc.Arbitrary<RandomWrite[]> = fc.array(randomWrite, {
  minLength: 2,
  maxLength: 30,
});

/** Does a write. */
export function perform(repository: ProductRepository, id: string, write: RandomWrite) {
  const { kind, version } = write;
  const selector: RowSelector = version === undefined ? { id } : { id, version };
  if (kind === 'insert') {
    return repository.insert(id, write.product);
  }
  if (kind === 'update') {
    return repository.update(selector, write.changes);
  }
  return repository.delete(selector);
}
