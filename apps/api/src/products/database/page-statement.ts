import type { ListProductsQuery, ProductSort } from '@product-api/contract';
import { Prisma } from '@product-api/database';
import type { ProductCursor } from '../product-cursor.js';
import { columnName, storedValue } from './product-columns.js';
import { rowColumns } from './product-row.js';

/** A key that the list can be sorted by, in either direction. */
export type SortKey = Exclude<ProductSort, `-${string}`>;

/** The query of a page whose order is that of a column. */
export interface PageQuery extends Omit<ListProductsQuery, 'q' | 'cursor' | 'sort'> {
  readonly sort: ProductSort;
}

/** The filters of a query. */
export type Filters = Pick<ListProductsQuery, 'in_stock' | 'min_price' | 'max_price'>;

/** What differs between the dialects. */
export interface PageSyntax {
  /**
   * Aggregates the rows of a subquery to a JSON array of pairs: the array of `rowColumns`, and
   * `sort_value` as a cursor has it.
   */
  asPage(key: SortKey, order: Prisma.Sql): Prisma.Sql;
  /** Returns the value of a cursor as the column of the sort key has it. */
  cursorValue(key: SortKey, value: ProductCursor['value']): Prisma.Sql;
  /** Returns the number of bytes of a text as JSON. */
  bytesAsJson(text: Prisma.Sql): Prisma.Sql;
  /** Returns the source of the rows with these ids, for FROM: each row is found by its id. */
  rowsById(ids: readonly string[]): Prisma.Sql;
}

const allRows = Prisma.sql`products`;

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

/** Maximum bytes of a stored byte in JSON: U+0001 is printed as `\\u0001`. */
const BYTES_PER_STORED_BYTE = 6;

/**
 * Returns the statement that reads a page, see `ProductStatements.selectPage`.
 *
 * Rows are compared with the cursor as (column, id) pairs, so that the index on that pair finds the
 * start of any page, however deep. The aggregate function needs its own ORDER BY, as the order of a
 * subquery does not bind it:
 * https://www.sqlite.org/lang_aggfunc.html#aggregate_function_filter_and_order
 */
export function selectPage(
  syntax: PageSyntax,
  query: PageQuery,
  after: ProductCursor | undefined,
  ids?: readonly string[],
): Prisma.Sql {
  const { key, descending } = orderOf(query.sort);
  const column = sortColumns[key];
  const direction = descending ? Prisma.sql`DESC` : Prisma.sql`ASC`;
  const order = Prisma.sql`sort_value ${direction}, id ${direction}`;
  const conditions = filters(query);
  if (after !== undefined) {
    const beyond = descending ? Prisma.sql`<` : Prisma.sql`>`;
    const value = syntax.cursorValue(key, after.value);
    conditions.push(Prisma.sql`(${column}, id) ${beyond} (${value}, ${after.id})`);
  }
  const where =
    conditions.length > 0 ? Prisma.sql`WHERE ${Prisma.join(conditions, ' AND ')}` : Prisma.empty;
  const select = (columns: Prisma.Sql) => Prisma.sql`
    SELECT ${columns}, ${column} AS sort_value
    FROM ${ids === undefined ? allRows : syntax.rowsById(ids)} ${where}
    ORDER BY ${column} ${direction}, id ${direction}
    LIMIT ${query.limit + 1}`;
  const page = syntax.asPage(key, order);
  return query.limit <= UNMEASURED_PRODUCTS
    ? Prisma.sql`SELECT count(*) AS found, ${page} AS page FROM (${select(rowColumns)}) AS found`
    : measuredPage({ select, page, order, bytes: syntax.bytesAsJson(description) });
}

/** The parts of a page whose size is measured. */
interface MeasuredPage {
  /** Returns the statement that selects columns of the rows, with their `sort_value`. */
  readonly select: (columns: Prisma.Sql) => Prisma.Sql;
  /** Aggregates rows. */
  readonly page: Prisma.Sql;
  readonly order: Prisma.Sql;
  /** The bytes of a row's description. */
  readonly bytes: Prisma.Sql;
}

/**
 * Measures the descriptions as JSON only if they are large enough to exceed the limit, and then
 * only of the rows that fit as they are stored: JSON is never shorter. The stored bytes are known
 * without reading a description, and reading 200 of the longest takes 20 ms.
 */
function measuredPage({ select, page, order, bytes }: MeasuredPage): Prisma.Sql {
  const upToRow = Prisma.sql`OVER (ORDER BY ${order} ROWS UNBOUNDED PRECEDING)`;
  // LEFT JOIN keeps the order of the tables, whatever the planner of SQLite expects.
  const fitting = Prisma.sql`
    SELECT ${rowColumns}, sort_value
    FROM (SELECT id AS sized_id, sort_value, sum(stored_bytes) ${upToRow} AS least FROM sized)
      AS sized LEFT JOIN products ON id = sized_id
    WHERE least <= ${DESCRIPTION_BYTES_LIMIT}`;
  const measured = Prisma.sql`
    SELECT *, sum(${bytes}) ${upToRow} AS description_bytes FROM (${fitting}) AS fitting`;
  return Prisma.sql`
    WITH sized AS MATERIALIZED (
      ${select(Prisma.sql`id, octet_length(${description}) AS stored_bytes`)}
    )
    SELECT
      (SELECT count(*) FROM sized) AS found,
      CASE
        WHEN (SELECT sum(stored_bytes) FROM sized)
          <= ${Math.floor(DESCRIPTION_BYTES_LIMIT / BYTES_PER_STORED_BYTE)}
        THEN (SELECT ${page} FROM (${select(rowColumns)}) AS found)
        ELSE (
          SELECT ${page} FROM (${measured}) AS measured
          WHERE description_bytes <= ${DESCRIPTION_BYTES_LIMIT}
        )
      END AS page`;
}

function orderOf(sort: ProductSort): { key: SortKey; descending: boolean } {
  const descending = sort.startsWith('-');
  // By the definition of SortKey, every sort without its minus is a key.
  const key = (descending ? sort.slice(1) : sort) as SortKey;
  return { key, descending };
}

/** Returns the conditions of the query's filters. */
export function filters({ in_stock, min_price, max_price }: Filters): Prisma.Sql[] {
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
