import type { Database, Dialect, Transaction } from '../database.js';
import type { IndexStatements, MarkedEntry, ProductTexts } from './index-statements.js';
import { postgresqlIndexStatements } from './postgresql-index-statements.js';
import { sqliteIndexStatements } from './sqlite-index-statements.js';
import { storedWords } from './stored-words.js';

/** Options of `indexProducts`. */
export interface IndexProductsOptions {
  /** Called after each part, with the number of products so far. */
  readonly onProgress?: (products: number) => void;
  /** Ends the work after the part in progress. */
  readonly signal?: AbortSignal;
}

/** Maximum characters of a part: its statements take some 10 ms, and SQLite's driver blocks. */
const CHARACTERS_AT_ONCE = 50_000;

/** The planner of PostgreSQL counts again by itself after smaller changes. */
const MANY_PRODUCTS = 1000;

const statementsByDialect: Readonly<Record<Dialect, IndexStatements>> = {
  sqlite: sqliteIndexStatements,
  postgresql: postgresqlIndexStatements,
};

/**
 * Indexes the products that the text search does not have yet or has by earlier words: all of a
 * catalog that was just migrated, and those that SQL by hand has written. Each part is a
 * transaction, so that an interrupted call goes on where it stopped.
 *
 * @returns the number of products that were indexed or removed from the index
 */
export async function indexProducts(
  database: Pick<Database, 'client' | 'dialect' | 'transaction'>,
  { onProgress, signal }: IndexProductsOptions = {},
): Promise<number> {
  const statements = statementsByDialect[database.dialect];
  let products = 0;
  while (signal?.aborted !== true && (await hasMarkedEntries(database))) {
    products += await database.transaction((transaction) =>
      indexPart(transaction, statements, database.dialect),
    );
    onProgress?.(products);
  }
  if (products >= MANY_PRODUCTS) {
    for (const statement of statements.end) {
      await database.client.$executeRaw(statement);
    }
  }
  return products;
}

async function hasMarkedEntries({ client }: Pick<Database, 'client'>): Promise<boolean> {
  const marked = await client.$queryRaw<unknown[]>`
    SELECT 1 AS marked FROM product_search_entries WHERE NOT is_current LIMIT 1`;
  return marked.length > 0;
}

async function indexPart(
  transaction: Transaction,
  statements: IndexStatements,
  dialect: Dialect,
): Promise<number> {
  for (const statement of statements.begin) {
    await transaction.$queryRaw(statement);
  }
  const marked = await transaction.$queryRaw<MarkedEntry[]>(
    statements.selectMarked(CHARACTERS_AT_ONCE),
  );
  const ids = marked.flatMap(({ product_id }) => product_id ?? []);
  const products = await transaction.$queryRaw<ProductTexts[]>(statements.selectTexts(ids));
  const productsById = new Map(products.map((product) => [product.id, product]));
  const words = storedWords[dialect];
  const entries = marked.flatMap(({ number, product_id }) => {
    const product = productsById.get(product_id ?? '');
    return product === undefined
      ? []
      : {
          number: Number(number),
          name: words.name(product.name),
          description: words.description(product.description),
        };
  });
  const removed = marked
    .filter(({ product_id }) => !productsById.has(product_id ?? ''))
    .map(({ number }) => Number(number));
  for (const statement of [
    ...statements.storeWords(entries),
    ...statements.removeEntries(removed),
  ]) {
    await transaction.$executeRaw(statement);
  }
  return marked.length;
}
