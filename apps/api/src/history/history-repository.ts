import type { Database } from '@product-api/database';
import { ReadTurns } from '../concurrency/read-turns.js';
import { statementsByDialect } from '../products/database/statements-by-dialect.js';
import {
  commitRestore,
  OutdatedPlanError,
  type Restore,
  type RestoreTable,
} from './database/commit-restore.js';
import { entrySyntax } from './database/entry-syntax.js';
import { type EntryRows, queryEntries } from './database/query-entries.js';
import { type EntryRange, selectEntries } from './database/select-entries.js';
import type { RestoreOutcome } from './restore-outcome.js';
import type { StoredEntry } from './stored-entry.js';

export type { Restore };

/** Entries of a statement. The driver of SQLite is synchronous. */
const ENTRIES_AT_ONCE = 500;

/** Reads what happened to a product, and undoes it. */
export class HistoryRepository {
  readonly #table: RestoreTable;
  /** A restore can read a hundred thousand entries. */
  readonly #turns = new ReadTurns();

  /** @param clock returns the time for `updated_at` */
  constructor(database: Database, clock: () => Date) {
    this.#table = { database, statements: statementsByDialect[database.dialect], clock };
  }

  /** Returns entries of a product's history, fewer than the limit if their texts are long. */
  entries(range: EntryRange): Promise<EntryRows> {
    const { client, dialect } = this.#table.database;
    return queryEntries(client, selectEntries(entrySyntax[dialect], range), range.limit);
  }

  /** Returns the changes of a product after a version, the oldest first. */
  async *changesSince(id: string, version: number): AsyncGenerator<StoredEntry> {
    let after = { version, number: Number.MAX_SAFE_INTEGER };
    for (;;) {
      await this.#turns.next();
      const { entries, hasMore } = await this.entries({
        ...{ id, order: 'oldest-first', after, limit: ENTRIES_AT_ONCE },
      });
      yield* entries;
      const last = entries.at(-1);
      if (last === undefined || !hasMore) {
        return;
      }
      after = last;
    }
  }

  /**
   * Restores a product at most once for its key, and returns the outcome of the first request with
   * that key; undefined if the plan is outdated.
   *
   * @throws {VersionRequiredError} when the product exists and the request names no version
   * @throws {IdempotencyKeyReusedError} when the key belongs to another request
   */
  async restore(restore: Restore): Promise<RestoreOutcome | undefined> {
    try {
      return await commitRestore(this.#table, restore);
    } catch (error) {
      // The id is unique: another process has created the product.
      const isTaken = this.#table.database.failureOf(error) === 'constraint';
      if (isTaken || error instanceof OutdatedPlanError) {
        return undefined;
      }
      throw error;
    }
  }
}
