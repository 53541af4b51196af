import { type Database, indexProducts } from '@product-api/database';
import { repeat } from '../../concurrency/repeat.js';

/** Options of `keepIndexed`. */
export interface KeepIndexedOptions {
  /** Milliseconds between two polls for products to index. */
  readonly pollMs: number;
  /** Called with each failure; the next poll tries again. */
  readonly onFailure: (error: unknown) => void;
}

/**
 * Indexes products that somebody else than the service has written, a poll after they were written.
 * On SQLite, those of the service too.
 *
 * @returns a function that stops this, and resolves after the part in progress
 */
export function keepIndexed(
  database: Database,
  { pollMs, onFailure }: KeepIndexedOptions,
): () => Promise<void> {
  return repeat(async (signal) => {
    await indexProducts(database, { signal }).catch(onFailure);
  }, pollMs);
}
