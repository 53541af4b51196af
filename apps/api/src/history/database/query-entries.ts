import { changeKinds, type Product } from '@product-api/contract';
import type { Prisma, Transaction } from '@product-api/database';
import { z } from 'zod';
import { productColumns, updatableFields } from '../../products/database/product-columns.js';
import type { PreviousValues, ProductValues, StoredEntry } from '../stored-entry.js';

/** The result of a query for entries. */
export interface EntryRows {
  /** Whether there is such a product or history. */
  readonly known: boolean;
  readonly entries: readonly StoredEntry[];
  /** Whether there are entries behind these. */
  readonly hasMore: boolean;
  /** The length of the JSON in characters: roughly the size of the response. */
  readonly size: number;
}

const time = z.number().nullable();
const row = z
  .tuple([
    z.number(),
    z.number(),
    z.enum(changeKinds),
    z.string().nullable(),
    z.number(),
    time,
    time,
  ])
  .rest(z.union([z.string(), z.number()]).nullable());

/** Runs a statement that `selectEntries` built with this limit. */
export async function queryEntries(
  client: Pick<Transaction, '$queryRaw'>,
  statement: Prisma.Sql,
  limit: number,
): Promise<EntryRows> {
  const [result] =
    await client.$queryRaw<{ known: unknown; found: number | bigint; entries: string }[]>(
      statement,
    );
  const { known = false, found = 0, entries: text = '[]' } = result ?? {};
  const entries = z.array(row).parse(JSON.parse(text)).slice(0, limit).map(toStoredEntry);
  return {
    // SQLite has no booleans.
    known: Boolean(known),
    entries,
    hasMore: Number(found) > entries.length,
    size: text.length,
  };
}

function toStoredEntry(entry: z.output<typeof row>): StoredEntry {
  const [version, number, kind, changedBy, changedAt, updatedAt, createdAt, ...stored] = entry;
  const previous: PreviousValues | undefined =
    // It is recorded together with all values.
    updatedAt === null
      ? undefined
      : {
          values: toValues(stored),
          createdAt: createdAt === null ? undefined : new Date(createdAt),
        };
  return { version, number, kind, changedAt: new Date(changedAt), changedBy, previous };
}

/** Returns the values that are not null, by field. */
function toValues(stored: readonly unknown[]): Partial<ProductValues> {
  const values: Partial<Record<keyof Product, unknown>> = {};
  for (const [index, field] of updatableFields.entries()) {
    const value = stored[index];
    if (value !== null) {
      values[field] = productColumns[field].fromStored(value);
    }
  }
  // Every field was set from the column of its own type, and the id is not updatable.
  return values as Partial<ProductValues>;
}
