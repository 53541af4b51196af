import type { Product, UpdateProduct } from '@product-api/contract';
import { updatableFields } from '../products/database/product-columns.js';
import type { ProductValues, StoredEntry } from './stored-entry.js';

/** The values of a product in one of its versions. */
export interface VersionValues {
  readonly values: ProductValues;
  /** Undefined if the product exists, and still has it. */
  readonly createdAt: Date | undefined;
}

/**
 * Returns the values that a product had before some changes: of each field the value that the first
 * of them replaced, or the current one if none of them changed it.
 *
 * @param changes all changes since then, the oldest first
 * @param current the product as it is now; undefined if it is deleted
 * @returns undefined if the log does not have the values
 */
export async function valuesBefore(
  changes: Iterable<StoredEntry> | AsyncIterable<StoredEntry>,
  current: Product | undefined,
): Promise<VersionValues | undefined> {
  let values: Partial<ProductValues> = {};
  let createdAt: Date | undefined;
  for await (const { kind, previous } of changes) {
    if (previous === undefined) {
      return undefined;
    }
    values = { ...previous.values, ...values };
    createdAt ??= previous.createdAt;
    // A deletion has replaced all values, and so has an INSERT OR REPLACE.
    if (kind !== 'update' || (isComplete(values) && current !== undefined)) {
      return complete(values, createdAt);
    }
  }
  if (current === undefined) {
    return undefined;
  }
  const { id: _, ...currentValues } = current;
  return complete({ ...currentValues, ...values }, createdAt);
}

function complete(
  values: Partial<ProductValues>,
  createdAt: Date | undefined,
): VersionValues | undefined {
  return isComplete(values) ? { values, createdAt } : undefined;
}

function isComplete(values: Partial<ProductValues>): values is ProductValues {
  return updatableFields.every((field) => values[field] !== undefined);
}

/** Returns the fields in which values differ from those of a product. */
export function differences(product: Product, values: Partial<ProductValues>): UpdateProduct {
  const fields = updatableFields.filter((field) => values[field] !== product[field]);
  return Object.fromEntries(fields.map((field) => [field, values[field]]));
}
