import type { ListProductsQuery, ProductSort } from '@product-api/contract';
import { Prisma } from '@product-api/database';
import type { ProductCursor } from '../product-cursor.js';
import { toPriceUnits } from './price-units.js';
import { productColumns } from './product-row.js';

type SortKey = Exclude<ProductSort, `-${string}`>;

const SORT_COLUMNS: Readonly<Record<SortKey, Prisma.Sql>> = {
  created: Prisma.sql`created_at`,
  updated: Prisma.sql`updated_at`,
  name: Prisma.sql`name`,
  price: Prisma.sql`price_units`,
  stock: Prisma.sql`stock_quantity`,
};

/**
 * The statement that reads a page and one row more, which tells whether another page follows. Rows
 * are compared as (column, id) pairs, so that the index on them starts at the cursor, however deep it is.
 *
 * It answers one JSON text; each row is a pair, of a product's columns and the value that it is sorted
 * by. The order stands twice, as an aggregate function that asks for none gets its rows in any:
 * https://www.sqlite.org/lang_aggfunc.html#aggregate_function_filter_and_order
 */
export function pageQuery(query: ListProductsQuery, after: ProductCursor | undefined): Prisma.Sql {
  const { column, descending } = orderOf(query.sort);
  const direction = descending ? Prisma.sql`DESC` : Prisma.sql`ASC`;
  const conditions = [...filters(query), ...keyset(column, descending, after)];
  const where =
    conditions.length > 0 ? Prisma.sql`WHERE ${Prisma.join(conditions, ' AND ')}` : Prisma.empty;
  return Prisma.sql`
    SELECT json_group_array(
      json_array(json_array(${productColumns}), sort_value)
      ORDER BY sort_value ${direction}, id ${direction}
    ) AS page
    FROM (
      SELECT ${productColumns}, ${column} AS sort_value
      FROM products ${where}
      ORDER BY ${column} ${direction}, id ${direction}
      LIMIT ${query.limit + 1}
    )`;
}

function orderOf(sort: ProductSort): { column: Prisma.Sql; descending: boolean } {
  const descending = sort.startsWith('-');
  // Without its minus, every sort is a key: that is how SortKey is defined.
  const key = (descending ? sort.slice(1) : sort) as SortKey;
  return { column: SORT_COLUMNS[key], descending };
}

function filters({ in_stock, min_price, max_price }: ListProductsQuery): Prisma.Sql[] {
  const conditions: Prisma.Sql[] = [];
  if (in_stock === true) conditions.push(Prisma.sql`stock_quantity > 0`);
  if (in_stock === false) conditions.push(Prisma.sql`stock_quantity = 0`);
  if (min_price !== undefined)
    conditions.push(Prisma.sql`price_units >= ${toPriceUnits(min_price)}`);
  if (max_price !== undefined)
    conditions.push(Prisma.sql`price_units <= ${toPriceUnits(max_price)}`);
  return conditions;
}

function keyset(
  column: Prisma.Sql,
  descending: boolean,
  after: ProductCursor | undefined,
): Prisma.Sql[] {
  if (!after) return [];
  const beyond = descending ? Prisma.sql`<` : Prisma.sql`>`;
  return [Prisma.sql`(${column}, id) ${beyond} (${after.value}, ${after.id})`];
}
