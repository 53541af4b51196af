import { setImmediate as nextTurn } from 'node:timers/promises';
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
  /**
   * Whether SQLite also merges its index if many products were indexed. That blocks the process for
   * some seconds in a large catalog. Default: false.
   */
  readonly optimize?: boolean;
}

/** Maximum characters of a part: its statements take some 10 ms of SQLite's driver. */
const CHARACTERS_AT_ONCE = 50_000;

/** The planner of PostgreSQL counts again by itself after smaller changes. */
const MANY_PRODUCTS = 1000;

const statementsByDialect: Readonly<Record<Dialect, IndexStatements>> = {
  sqlite: sqliteIndexStatements,
  postgresql: postgresqlIndexStatements,
};

/**
 * Indexes the products that the text search does not have yet or has by earlier words: all of a
 * catalog that was just migrated, and those that SQL by hand has written. On SQLite, also adds the
 * words that the service has stored to the full-text index; those that it stores meanwhile wait for
 * the next call, unless they make a whole part. Each part is a transaction, so that an interrupted
 * call goes on where it stopped.
 *
 * @returns the number of products whose words were found or removed; the service's own do not count
 */
export async function indexProducts(
  database: Pick<Database, 'client' | 'dialect' | 'transaction' | 'slowTransaction'>,
  { onProgress, signal, optimize = false }: IndexProductsOptions = {},
): Promise<number> {
  const statements = statementsByDialect[database.dialect];
  const hasWholePart = () => hasRows(database, statements.selectWholePart(CHARACTERS_AT_ONCE));
  const isEnded = () => signal?.aborted === true;
  if (isEnded() || !(await hasRows(database, statements.selectWork))) {
    return 0;
  }
  let products = 0;
  let isWhole = await hasWholePart();
  do {
    // The words of a few writes are not worth the thread of slow transactions.
    const run = isWhole ? database.slowTransaction : database.transaction;
    products += await run((transaction) => indexPart(transaction, statements, database.dialect));
    onProgress?.(products);
    // SQLite's driver never waits for the event loop: requests would wait for all parts.
    await nextTurn();
    for (const statement of statements.merge) {
      await run((transaction) => transaction.$executeRaw(statement));
      await nextTurn();
    }
    isWhole = await hasWholePart();
  } while (isWhole && !isEnded());
  if (products >= MANY_PRODUCTS) {
    for (const statement of [...statements.end, ...(optimize ? statements.optimize : [])]) {
      await database.client.$executeRaw(statement);
    }
  }
  return products;
}

async function hasRows(
  { client }: Pick<Database, 'client'>,
  statement: IndexStatements['selectWork'],
): Promise<boolean> {
  return (await client.$queryRaw<unknown[]>(statement)).length > 0;
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
    ...statements.addPending(CHARACTERS_AT_ONCE),
  ]) {
    await transaction.$executeRaw(statement);
  }
  return marked.length;
}
