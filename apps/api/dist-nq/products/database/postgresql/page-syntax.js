import { Prisma } from '@product-api/database';
import { rowAsJson } from './row-as-json.js';
import { millisecondsOf, timeOf } from './timestamps.js';
const timeKeys = new Set(['created', 'updated']);
/** How PostgreSQL writes a page. Cursors have times in milliseconds, as SQLite stores them. */
export const postgresqlPageSyntax = {
    asPage(key, order) {
        const sortValue = Prisma.sql `sort_value`;
        const value = timeKeys.has(key) ? millisecondsOf(sortValue) : sortValue;
        // The aggregate of no rows is NULL.
        return Prisma.sql `
      coalesce(json_agg(json_build_array(${rowAsJson}, ${value}) ORDER BY ${order}), '[]')::text`;
    },
    cursorValue: (key, value) => timeKeys.has(key) ? timeOf(Prisma.sql `${value}`) : Prisma.sql `${value}`,
    // OFFSET 0 keeps the planner from reading all products, to join them in another way.
    rowsById: (ids) => Prisma.sql `
    unnest(${ids}::uuid[]) AS matched (matched_id) CROSS JOIN LATERAL (
      SELECT * FROM products WHERE id = matched_id OFFSET 0
    ) AS products`,
    bytesAsJson: (text) => Prisma.sql `octet_length(to_json(${text})::text)`,
};
//# sourceMappingURL=page-syntax.js.map