import { Prisma } from '@product-api/database';
import { type AuthoredChange, authorsOf } from '../note-authors.js';

/**
 * Returns records for FROM that also tell the triggers of the change log who changes the products,
 * until the transaction ends. If no change has an author, they do nothing more.
 */
export function withAuthors(records: Prisma.Sql, changes: readonly AuthoredChange[]): Prisma.Sql {
  const authors = authorsOf(changes);
  return authors.length === 0
    ? records
    : Prisma.sql`
        ${records},
        set_config('product_api.changed_by', ${JSON.stringify(Object.fromEntries(authors))}, true)`;
}
