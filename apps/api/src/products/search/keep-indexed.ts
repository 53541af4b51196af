import { setTimeout as sleep } from 'node:timers/promises';
import { type Database, indexProducts } from '@product-api/database';

/** Options of `keepIndexed`. */
export interface KeepIndexedOptions {
  readonly database: Database;
  /** Milliseconds between two looks for marked products. */
  readonly pollMs: number;
  /** Called with an error that is not a failure of the database. */
  readonly onError: (error: unknown) => void;
}

/**
 * Indexes products that somebody else than the service has written, a poll after they were written.
 * While the database cannot be used, the next poll tries again.
 *
 * @returns the function that ends this, after the part in progress
 */
export function keepIndexed({
  database,
  pollMs,
  onError,
}: KeepIndexedOptions): () => Promise<void> {
  const stop = new AbortController();
  const { signal } = stop;
  const work = async () => {
    while (!signal.aborted) {
      await sleep(pollMs, undefined, { signal, ref: false }).catch(ignore);
      await indexProducts(database, { signal }).catch((error: unknown) => {
        // The database reports its own condition, and readiness has it.
        if (database.failureOf(error) === undefined) {
          onError(error);
        }
      });
    }
  };
  const done = work();
  return async () => {
    stop.abort();
    await done;
  };
}

function ignore(): void {}
