import { Prisma } from '@product-api/database';
import { columnName, updatableFields } from '../../products/database/product-columns.js';
import type { HistoryPlace } from '../history-cursor.js';

/** Which entries of a product's history to read. */
export interface EntryRange {
  /** The id of the product. */
  readonly id: string;
  readonly order: 'newest-first' | 'oldest-first';
  /** Only entries behind this place, in the order; undefined for all. */
  readonly after: HistoryPlace | undefined;
  readonly limit: number;
}

/** What differs between the dialects. */
export interface EntrySyntax {
  /** The column that tells entries of the same version apart. */
  readonly number: Prisma.Sql;
  /**
   * Whether an entry has a version that JavaScript can represent, and a time whose year has four
   * digits. Only SQL by hand can log others.
   */
  readonly isReadable: Prisma.Sql;
  /** Returns an id as the columns of ids have it. */
  idOf(id: string): Prisma.Sql;
  /** Returns an integer as a parameter. */
  integer(value: number): Prisma.Sql;
  /** Returns the milliseconds since 1970 of a time. */
  milliseconds(time: Prisma.Sql): Prisma.Sql;
  /** Aggregates rows to the text of a JSON array of arrays. */
  asArrays(columns: readonly Prisma.Sql[], order: Prisma.Sql): Prisma.Sql;
}

/**
 * Maximum characters of the descriptions that a statement returns: the entry that exceeds it is the
 * last one.
 */
const MAX_CHARACTERS = 250_000;

/** The column of the value that a change replaced, for each field of `updatableFields`. */
const previousColumns = updatableFields.map((field) => Prisma.sql`previous_${columnName(field)}`);

const previousDescription = Prisma.sql`previous_${columnName('description')}`;

/**
 * Reads entries of the log, whether or not they have a number in it yet.
 *
 * The result is one row: `known` says whether there is such a product or history, `found` is the
 * number of entries, at most one more than the limit, and `entries` is a JSON array of those that
 * are not too long together, see `toStoredEntry`.
 */
export function selectEntries(syntax: EntrySyntax, range: EntryRange): Prisma.Sql {
  const { number, idOf, integer, milliseconds } = syntax;
  const id = idOf(range.id);
  const isNewestFirst = range.order === 'newest-first';
  const direction = isNewestFirst ? Prisma.sql`DESC` : Prisma.sql`ASC`;
  const order = Prisma.sql`version ${direction}, number ${direction}`;
  const { after } = range;
  const isBehind =
    after === undefined
      ? Prisma.empty
      : Prisma.sql`AND (version, ${number}) ${isNewestFirst ? Prisma.sql`<` : Prisma.sql`>`}
          (${integer(after.version)}, ${integer(after.number)})`;
  const columns = [
    ...[Prisma.sql`version`, Prisma.sql`number`, Prisma.sql`kind`, Prisma.sql`changed_by`],
    ...['changed_at', 'previous_updated_at', 'previous_created_at'].map((time) =>
      milliseconds(Prisma.raw(time)),
    ),
    ...previousColumns,
  ];
  const characters = Prisma.sql`coalesce(length(${previousDescription}), 0)`;
  return Prisma.sql`
    WITH
      found AS (
        SELECT product_changes.*, ${number} AS number FROM product_changes
        WHERE product_id = ${id} AND ${syntax.isReadable} ${isBehind}
        ORDER BY version ${direction}, ${number} ${direction}
        LIMIT ${integer(range.limit + 1)}
      ),
      measured AS (
        SELECT *, sum(${characters}) OVER (ORDER BY ${order} ROWS UNBOUNDED PRECEDING)
          - ${characters} AS characters_before
        FROM found
      )
    SELECT
      EXISTS (SELECT 1 FROM products WHERE id = ${id})
        OR EXISTS (SELECT 1 FROM product_changes WHERE product_id = ${id}) AS known,
      (SELECT count(*) FROM found) AS found,
      (
        SELECT ${syntax.asArrays(columns, order)} FROM measured
        WHERE characters_before <= ${integer(MAX_CHARACTERS)}
      ) AS entries`;
}
