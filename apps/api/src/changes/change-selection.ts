import { type StreamChangesQuery, toProductId } from '@product-api/contract';
import type { FeedEntry } from './change-repository.js';

/** Which changes a request wants, and whether with the products. */
export type ChangeSelection = Pick<StreamChangesQuery, 'product_id' | 'kind' | 'include'>;

/** Returns those of some changes that a request wants. */
export function select(
  entries: readonly FeedEntry[],
  { product_id, kind }: ChangeSelection,
): readonly FeedEntry[] {
  if (product_id === undefined && kind === undefined) {
    return entries;
  }
  const id = product_id === undefined ? undefined : toProductId(product_id);
  return entries.filter(
    ({ change }) =>
      (id === undefined || change.product_id === id) &&
      (kind === undefined || change.kind === kind),
  );
}
