// Writes chunks as an import does, by their statements alone, until it is ended. The argument is
// the URL of the database.
import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from '@product-api/database';
import { newProduct } from './new-products.js';

/** Lines of a transaction, as an import has them. */
const CHUNK = 200;

/** Milliseconds between two transactions, as an import has them. */
const PAUSE_MS = 2;

const { statementsByDialect } = await import(
  new URL('../../apps/api/dist/products/database/statements-by-dialect.js', import.meta.url).href
);
const database = await openDatabase({ url: process.argv[2] ?? '' });
for (let first = 0; ; first += CHUNK) {
  const inserts = Array.from({ length: CHUNK }, (_, index) => ({
    kind: 'insert',
    id: crypto.randomUUID(),
    product: newProduct(first + index),
    at: new Date(),
  }));
  await database.transaction((transaction) =>
    transaction.$queryRaw(statementsByDialect[database.dialect].insertRows(inserts)),
  );
  await sleep(PAUSE_MS);
}
