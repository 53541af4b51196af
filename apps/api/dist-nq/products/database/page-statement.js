import { Prisma } from '@product-api/database';
import { columnName, storedValue } from './product-columns.js';
import { rowColumns } from './product-row.js';
const allRows = Prisma.sql `products`;
const sortColumns = {
    created: Prisma.sql `created_at`,
    updated: Prisma.sql `updated_at`,
    name: columnName('name'),
    price: columnName('price'),
    stock: columnName('stock_quantity'),
};
const description = columnName('description');
/**
 * Maximum bytes of JSON for the descriptions of a page. Only descriptions are measured: the rest of
 * a product has at most 400 characters.
 */
const DESCRIPTION_BYTES_LIMIT = 1024 * 1024;
/**
 * A page of at most this many products is not measured: its descriptions cannot exceed the limit by
 * much.
 */
const UNMEASURED_PRODUCTS = 20;
/** Maximum bytes of a character in JSON: U+0001 is printed as `\\u0001`. */
const BYTES_PER_CHARACTER = 6;
/**
 * Returns the statement that reads a page, see `ProductStatements.selectPage`.
 *
 * Rows are compared with the cursor as (column, id) pairs, so that the index on that pair finds the
 * start of any page, however deep. The aggregate function needs its own ORDER BY, as the order of a
 * subquery does not bind it:
 * https://www.sqlite.org/lang_aggfunc.html#aggregate_function_filter_and_order
 */
export function selectPage(syntax, query, after, ids) {
    const { key, descending } = orderOf(query.sort);
    const column = sortColumns[key];
    const direction = descending ? Prisma.sql `DESC` : Prisma.sql `ASC`;
    const order = Prisma.sql `sort_value ${direction}, id ${direction}`;
    const conditions = filters(query);
    if (after !== undefined) {
        const beyond = descending ? Prisma.sql `<` : Prisma.sql `>`;
        const value = syntax.cursorValue(key, after.value);
        conditions.push(Prisma.sql `(${column}, id) ${beyond} (${value}, ${after.id})`);
    }
    const where = conditions.length > 0 ? Prisma.sql `WHERE ${Prisma.join(conditions, ' AND ')}` : Prisma.empty;
    const found = Prisma.sql `
    SELECT ${rowColumns}, ${column} AS sort_value
    FROM ${ids === undefined ? allRows : syntax.rowsById(ids)} ${where}
    ORDER BY ${column} ${direction}, id ${direction}
    LIMIT ${query.limit + 1}`;
    const page = syntax.asPage(key, order);
    return query.limit <= UNMEASURED_PRODUCTS
        ? Prisma.sql `SELECT count(*) AS found, ${page} AS page FROM (${found}) AS found`
        : measuredPage({ found, page, order, bytes: syntax.bytesAsJson(description) });
}
/** Measures the descriptions only if they have enough characters to exceed the limit. */
function measuredPage({ found, page, order, bytes }) {
    const measured = Prisma.sql `
    SELECT *, sum(${bytes}) OVER (ORDER BY ${order} ROWS UNBOUNDED PRECEDING) AS description_bytes
    FROM found`;
    return Prisma.sql `
    WITH found AS MATERIALIZED (${found})
    SELECT
      (SELECT count(*) FROM found) AS found,
      CASE
        WHEN (SELECT sum(length(${description})) FROM found)
          <= ${Math.floor(DESCRIPTION_BYTES_LIMIT / BYTES_PER_CHARACTER)}
        THEN (SELECT ${page} FROM found)
        ELSE (
          SELECT ${page} FROM (${measured}) AS measured
          WHERE description_bytes <= ${DESCRIPTION_BYTES_LIMIT}
        )
      END AS page`;
}
function orderOf(sort) {
    const descending = sort.startsWith('-');
    // By the definition of SortKey, every sort without its minus is a key.
    const key = (descending ? sort.slice(1) : sort);
    return { key, descending };
}
/** Returns the conditions of the query's filters. */
export function filters({ in_stock, min_price, max_price }) {
    const { price, stock } = sortColumns;
    const conditions = [];
    if (in_stock === true) {
        conditions.push(Prisma.sql `${stock} > 0`);
    }
    if (in_stock === false) {
        conditions.push(Prisma.sql `${stock} = 0`);
    }
    if (min_price !== undefined) {
        conditions.push(Prisma.sql `${price} >= ${storedValue('price', min_price)}`);
    }
    if (max_price !== undefined) {
        conditions.push(Prisma.sql `${price} <= ${storedValue('price', max_price)}`);
    }
    return conditions;
}
//# sourceMappingURL=page-statement.js.map