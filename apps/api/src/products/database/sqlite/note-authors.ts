import { Prisma } from '@product-api/database';
import type { Authors } from '../note-authors.js';

/**
 * Notes who made the last change of each product. The transaction has the lock of the whole file,
 * so that nobody else can have made it.
 */
export function noteAuthors(authors: Authors): Prisma.Sql {
  return Prisma.sql`
    UPDATE product_changes SET changed_by = author ->> 1
    FROM (SELECT value AS author FROM json_each(${JSON.stringify(authors)}))
    WHERE seq = (
      SELECT seq FROM product_changes WHERE product_id = author ->> 0
      ORDER BY version DESC, seq DESC LIMIT 1
    )`;
}
