import type { CreateProduct, UpdateProduct } from '@product-api/contract';
import fc from 'fast-check';
import type { ProductRepository, RowSelector } from '../src/products/product-repository.js';
import { changes, products } from './random-products.js';

/** A write to the row with this index in a list of ids. */
export type RandomWrite = { readonly row: number; readonly version?: number } & (
  | { readonly kind: 'insert'; readonly product: CreateProduct }
  | { readonly kind: 'update'; readonly changes: UpdateProduct }
  | { readonly kind: 'delete' }
);

/** The number of rows: so few that many writes of one batch have the same row. */
export const ROW_COUNT = 6;

const row = fc.nat(ROW_COUNT - 1);
const version = fc.integer({ min: 1, max: 3 });
// The contract refuses a blank name; so does a constraint of the database.
const refused = fc.constant({ name: ' ' });

/**
 * A write that may conflict with another one, find no row or another version, or violate a
 * constraint.
 */
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

/** A sequence of writes. */
export const randomWrites: fc.Arbitrary<RandomWrite[]> = fc.array(randomWrite, {
  minLength: 2,
  maxLength: 30,
});

/** Performs a write. */
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
