import type { ListProductsQuery, ProductSort } from '@product-api/contract';
import { Prisma } from '@product-api/database';
import type { ProductCursor } from '../product-cursor.js';
import { toPriceUnits } from './price-units.js';
import { productColumns } from './product-row.js';

type SortKey = Exclude<ProductSort, `-${string}`>;

const sortColumns: Readonly<Record<SortKey, Prisma.Sql>> = {
  created: Prisma.sql`created_at`,
  updated: Prisma.sql`updated_at`,
  name: Prisma.sql`name`,
  price: Prisma.sql`price_units`,
  stock: Prisma.sql`stock_quantity`,
};

/**
 * The bytes of JSON that the descriptions of a page may take. The rest of a page is small: a product
 * without its description has 400 characters at most.
 */
const DESCRIPTION_BYTES_LIMIT = 1024 * 1024;

/** A page of so many products needs no measuring: their descriptions cannot take much more. */
const UNMEASURED_PRODUCTS = 20;

/** A character takes six bytes in JSON at most: U+0001 is printed as `\\u0001`. */
const BYTES_PER_CHARACTER = 6;

/**
 * Returns the statement that reads a page and one row more, which tells whether another page follows.
 * A page of more than 20 products ends before the descriptions take more than 1 MiB as JSON.
 *
 * Rows are compared as (column, id) pairs, so that the index on them starts at the cursor, however
 * deep it is. The result is one row: `found` counts the rows that there are for the page and the one
 * after, and `page` is a JSON text of those that fit, each a pair of a product's columns and the
 * value that it is sorted by. The order stands twice, as an aggregate function that asks for none
 * gets its rows in any: https://www.sqlite.org/lang_aggfunc.html#aggregate_function_filter_and_order
 */
export function pageQuery(query: ListProductsQuery, after: ProductCursor | undefined): Prisma.Sql {
  const { column, descending } = orderOf(query.sort);
  const direction = descending ? Prisma.sql`DESC` : Prisma.sql`ASC`;
  const order = Prisma.sql`sort_value ${direction}, id ${direction}`;
  const conditions = [...filters(query), ...keyset(column, descending, after)];
  const where =
    conditions.length > 0 ? Prisma.sql`WHERE ${Prisma.join(conditions, ' AND ')}` : Prisma.empty;
  const found = Prisma.sql`
    SELECT ${productColumns}, ${column} AS sort_value
    FROM products ${where}
    ORDER BY ${column} ${direction}, id ${direction}
    LIMIT ${query.limit + 1}`;
  return query.limit <= UNMEASURED_PRODUCTS
    ? Prisma.sql`SELECT count(*) AS found, ${asPage(order)} AS page FROM (${found})`
    : measuredPage(found, order);
}

/** Measures the descriptions only where there are enough characters to exceed the limit. */
function measuredPage(found: Prisma.Sql, order: Prisma.Sql): Prisma.Sql {
  const measured = Prisma.sql`
    SELECT *, sum(length(CAST(json_quote(description) AS BLOB)))
      OVER (ORDER BY ${order} ROWS UNBOUNDED PRECEDING) AS description_bytes
    FROM found`;
  return Prisma.sql`
    WITH found AS MATERIALIZED (${found})
    SELECT
      (SELECT count(*) FROM found) AS found,
      CASE
        WHEN (SELECT sum(length(description)) FROM found)
          <= ${DESCRIPTION_BYTES_LIMIT / BYTES_PER_CHARACTER}
        THEN (SELECT ${asPage(order)} FROM found)
        ELSE (
          SELECT ${asPage(order)} FROM (${measured})
          WHERE description_bytes <= ${DESCRIPTION_BYTES_LIMIT}
        )
      END AS page`;
}

function asPage(order: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`json_group_array(json_array(json_array(${productColumns}), sort_value) ORDER BY ${order})`;
}

function orderOf(sort: ProductSort): { column: Prisma.Sql; descending: boolean } {
  const descending = sort.startsWith('-');
  // Without its minus, every sort is a key: that is how SortKey is defined.
  const key = (descending ? sort.slice(1) : sort) as SortKey;
  return { column: sortColumns[key], descending };
}

function filters({ in_stock, min_price, max_price }: ListProductsQuery): Prisma.Sql[] {
  const conditions: Prisma.Sql[] = [];
  if (in_stock === true) {
    conditions.push(Prisma.sql`stock_quantity > 0`);
  }
  if (in_stock === false) {
    conditions.push(Prisma.sql`stock_quantity = 0`);
  }
  if (min_price !== undefined) {
    conditions.push(Prisma.sql`price_units >= ${toPriceUnits(min_price)}`);
  }
  if (max_price !== undefined) {
    conditions.push(Prisma.sql`price_units <= ${toPriceUnits(max_price)}`);
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
