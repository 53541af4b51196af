import { Prisma } from '@product-api/database';
import { rowAsJson } from './row-as-json.js';
/** How SQLite writes a page. Times are stored as integers, as cursors have them. */
export const sqlitePageSyntax = {
    asPage: (_key, order) => Prisma.sql `json_group_array(json_array(${rowAsJson}, sort_value) ORDER BY ${order})`,
    cursorValue: (_key, value) => Prisma.sql `${value}`,
    // CROSS JOIN keeps the order of the tables, whatever the planner expects.
    rowsById: (ids) => Prisma.sql `
    (SELECT value AS matched_id FROM json_each(${JSON.stringify(ids)}))
    CROSS JOIN products ON products.id = matched_id`,
    bytesAsJson: (text) => Prisma.sql `length(CAST(json_quote(${text}) AS BLOB))`,
};
//# sourceMappingURL=page-syntax.js.map