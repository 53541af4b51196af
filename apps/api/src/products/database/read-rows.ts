import { setImmediate as nextTurn } from 'node:timers/promises';
import type { WaitingRequest } from '@product-api/cache';
import type { Transaction } from '@product-api/database';
import { queryFirstProducts, queryProducts, type StoredProduct } from './product-row.js';
import type { ProductStatements } from './product-statements.js';

type Client = Pick<Transaction, '$queryRaw'>;

/** A read of the row with an id. */
type WaitingRead = WaitingRequest<string, StoredProduct | undefined>;

/** So few rows are not measured: their descriptions take at most 1.5 MiB as JSON. */
const UNMEASURED_ROWS = 25;

/** Characters of descriptions after which a statement leaves the other rows to the next one. */
const MAX_CHARACTERS = 250_000;

/**
 * Reads rows with one statement or, if their descriptions are long, with several, each in a turn of
 * the event loop of its own. Resolves every read, a failed one with a rejected promise.
 */
export async function readRows(
  client: Client,
  statements: ProductStatements,
  reads: readonly WaitingRead[],
): Promise<void> {
  let left = await readPart(client, statements, reads);
  while (left.length > 0) {
    await nextTurn();
    left = await readPart(client, statements, left);
  }
}

/** Reads as many rows as one statement may return, and returns the reads of the others. */
async function readPart(
  client: Client,
  statements: ProductStatements,
  reads: readonly WaitingRead[],
): Promise<readonly WaitingRead[]> {
  const ids = reads.map(({ request }) => request);
  try {
    const { products, left } =
      ids.length <= UNMEASURED_ROWS
        ? { products: await queryProducts(client, statements.selectRows(ids)), left: nothing }
        : await queryFirstProducts(client, statements.selectFirstRows(ids, MAX_CHARACTERS));
    for (const { request: id, resolve } of reads) {
      if (!left.has(id)) {
        resolve(products.get(id));
      }
    }
    return reads.filter(({ request }) => left.has(request));
  } catch (error) {
    for (const { resolve } of reads) {
      resolve(Promise.reject(error));
    }
    return [];
  }
}

const nothing: ReadonlySet<string> = new Set();
