import type { FieldError, ImportQuery, Product, UpdateProduct } from '@product-api/contract';
import type { StoredProduct } from '../../products/product-repository.js';
import type { AcceptedLine, FailedResult, ImportLine } from '../import/import-line.js';

/** What an import does with a line. */
export type LineDecision =
  | { readonly kind: 'create'; readonly line: AcceptedLine; readonly product: CreatedProduct }
  | { readonly kind: 'update'; readonly line: AcceptedLine; readonly current: StoredProduct }
  | { readonly kind: 'keep'; readonly line: AcceptedLine; readonly current: StoredProduct }
  | { readonly kind: 'fail'; readonly result: FailedResult };

type CreatedProduct = Omit<Product, 'id'>;

/**
 * Decides what a line does.
 *
 * @param current the product with the line's id, if there is one
 */
export function decideLine(
  line: ImportLine,
  current: StoredProduct | undefined,
  mode: ImportQuery['mode'],
): LineDecision {
  if ('errors' in line) {
    return { kind: 'fail', result: { ...line, outcome: 'failed', isConflict: false } };
  }
  if (current === undefined ? mode === 'update' : mode === 'create') {
    return conflict(line, mode);
  }
  if (current === undefined) {
    return 'product' in line.creation
      ? { kind: 'create', line, product: line.creation.product }
      : conflict(line, mode);
  }
  return { kind: isEqual(current.product, line.changes) ? 'keep' : 'update', line, current };
}

/** Returns why the catalog has no place for a line: its id exists, or does not exist. */
export function conflictErrors(
  { creation }: AcceptedLine,
  mode: ImportQuery['mode'],
): readonly FieldError[] {
  switch (mode) {
    case 'create':
      return [{ field: 'id', message: 'A product with this id exists' }];
    case 'update':
      return [{ field: 'id', message: 'No product has this id' }];
    default:
      // A new product needs all fields.
      return 'errors' in creation ? creation.errors : [];
  }
}

function conflict(line: AcceptedLine, mode: ImportQuery['mode']): LineDecision {
  const errors = conflictErrors(line, mode);
  return { kind: 'fail', result: { line: line.line, outcome: 'failed', errors, isConflict: true } };
}

function isEqual(product: Product, changes: UpdateProduct): boolean {
  // The keys of changes are fields of a product.
  const fields = Object.keys(changes) as (keyof UpdateProduct)[];
  return fields.every((field) => changes[field] === undefined || changes[field] === product[field]);
}
