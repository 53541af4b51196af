import type { ListProductsQuery, ProductSort } from '@product-api/contract';
import { Prisma } from '@product-api/database';
import type { ProductCursor } from '../product-cursor.js';
import { columnName, storedValue } from './product-columns.js';
import { rowAsJson, rowColumns } from './product-row.js';

type SortKey = Exclude<ProductSort, `-${string}`>;

const sortColumns: Readonly<Record<SortKey, Prisma.Sql>> = {
  created: Prisma.sql`created_at`,
  updated: Prisma.sql`updated_at`,
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
 * Returns the statement that reads a page. It reads one row more than the page has, to find out
 * whether another page follows. A page of more than 20 products ends before its descriptions take
 * more than 1 MiB as JSON.
 *
 * Rows are compared with the cursor as (column, id) pairs, so that the index on that pair finds the
 * start of any page, however deep.
 *
 * The result is one row: `found` is the number of rows read, and `page` is a JSON array of those
 * that fit, each a pair of the product's columns and its sort value. The aggregate function needs
 * its own ORDER BY, as the order of a subquery does not bind it:
 * https://www.sqlite.org/lang_aggfunc.html#aggregate_function_filter_and_order
 */
export function pageQuery(query: ListProductsQuery, after: ProductCursor | undefined): Prisma.Sql {
  const { column, descending } = orderOf(query.sort);
  const direction = descending ? Prisma.sql`DESC` : Prisma.sql`ASC`;
  const order = Prisma.sql`sort_value ${direction}, id ${direction}`;
  const conditions = [...filters(query), ...keyset(column, descending, after)];
  const where =
    conditions.length > 0 ? Prisma.sql`WHERE ${Prisma.join(conditions, ' AND ')}` : Prisma.empty;
  const found = Prisma.sql`
    SELECT ${rowColumns}, ${column} AS sort_value
    FROM products ${where}
    ORDER BY ${column} ${direction}, id ${direction}
    LIMIT ${query.limit + 1}`;
  return query.limit <= UNMEASURED_PRODUCTS
    ? Prisma.sql`SELECT count(*) AS found, ${asPage(order)} AS page FROM (${found})`
    : measuredPage(found, order);
}

/** Measures the descriptions only if they have enough characters to exceed the limit. */
function measuredPage(found: Prisma.Sql, order: Prisma.Sql): Prisma.Sql {
  const measured = Prisma.sql`
    SELECT *, sum(length(CAST(json_quote(${description}) AS BLOB)))
      OVER (ORDER BY ${order} ROWS UNBOUNDED PRECEDING) AS description_bytes
    FROM found`;
  return Prisma.sql`
    WITH found AS MATERIALIZED (${found})
    SELECT
      (SELECT count(*) FROM found) AS found,
      CASE
        WHEN (SELECT sum(length(${description})) FROM found)
          <= ${DESCRIPTION_BYTES_LIMIT / BYTES_PER_CHARACTER}
        THEN (SELECT ${asPage(order)} FROM found)
        ELSE (
          SELECT ${asPage(order)} FROM (${measured})
          WHERE description_bytes <= ${DESCRIPTION_BYTES_LIMIT}
        )
      END AS page`;
}

function asPage(order: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`json_group_array(json_array(${rowAsJson}, sort_value) ORDER BY ${order})`;
}

function orderOf(sort: ProductSort): { column: Prisma.Sql; descending: boolean } {
  const descending = sort.startsWith('-');
  // By the definition of SortKey, every sort without its minus is a key.
  const key = (descending ? sort.slice(1) : sort) as SortKey;
  return { column: sortColumns[key], descending };
}

function filters({ in_stock, min_price, max_price }: ListProductsQuery): Prisma.Sql[] {
  const { price, stock } = sortColumns;
  const conditions: Prisma.Sql[] = [];
  if (in_stock === true) {
    conditions.push(Prisma.sql`${stock} > 0`);
  }
  if (in_stock === false) {
    conditions.push(Prisma.sql`${stock} = 0`);
  }
  if (min_price !== undefined) {
    conditions.push(Prisma.sql`${price} >= ${storedValue('price', min_price)}`);
  }
  if (max_price !== undefined) {
    conditions.push(Prisma.sql`${price} <= ${storedValue('price', max_price)}`);
  }
  return conditions;
}

function keyset(
  column: Prisma.Sql,
  descending: boolean,
  after: ProductCursor | undefined,
): Prisma.Sql[] {
  if (!after) {
    return [];
  }
  const beyond = descending ? Prisma.sql`<` : Prisma.sql`>`;
  return [Prisma.sql`(${column}, id) ${beyond} (${after.value}, ${after.id})`];
}
