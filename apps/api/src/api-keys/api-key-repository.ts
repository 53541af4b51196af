import type { Database, Transaction } from '@product-api/database';
import { parseRows } from './database/api-key-row.js';
import {
  type ApiKeyStatements,
  deleteKey,
  lockKeys,
  selectVersion,
} from './database/api-key-statements.js';
import { statementsByDialect } from './database/statements-by-dialect.js';
import type { StoredApiKey } from './stored-api-key.js';

/** A change of the keys. */
export interface ApiKeyChange {
  readonly added: StoredApiKey;
  /** A key that expires from now on at another time. */
  readonly expiring?: Pick<StoredApiKey, 'id' | 'expiresAt'>;
  /** The id of a key that is deleted. */
  readonly deleted?: string;
}

/** Stores the keys in the database. */
export class ApiKeyRepository {
  readonly #database: Database;
  readonly #statements: ApiKeyStatements;

  constructor(database: Database) {
    this.#database = database;
    this.#statements = statementsByDialect[database.dialect];
  }

  /** Returns a text that every change of the keys replaces; undefined if somebody deleted it. */
  async version(): Promise<string | undefined> {
    const [row] = await this.#database.promptReads.$queryRaw<{ value: string }[]>(selectVersion);
    return row?.value;
  }

  /** Returns all keys, in no order. */
  all(): Promise<readonly StoredApiKey[]> {
    return this.#read(this.#database.promptReads);
  }

  /**
   * Changes the keys while nobody else changes them, and returns the change.
   *
   * @param decide gets all keys. It may be called again after a rollback; if it throws, nothing is
   *   changed.
   */
  change(decide: (keys: readonly StoredApiKey[]) => ApiKeyChange): Promise<ApiKeyChange> {
    return this.#database.transaction(async (transaction) => {
      await transaction.$executeRaw(lockKeys);
      const change = decide(await this.#read(transaction));
      const { added, expiring, deleted } = change;
      await transaction.$executeRaw(this.#statements.insert(added));
      if (expiring !== undefined) {
        await transaction.$executeRaw(this.#statements.expire(expiring));
      }
      if (deleted !== undefined) {
        await transaction.$executeRaw(deleteKey(deleted));
      }
      return change;
    });
  }

  /** Deletes a key, and returns whether there was one. */
  async delete(id: string): Promise<boolean> {
    return (await this.#database.client.$executeRaw(deleteKey(id))) > 0;
  }

  async #read(connection: Pick<Transaction, '$queryRaw'>): Promise<readonly StoredApiKey[]> {
    const [row] = await connection.$queryRaw<{ keys: string }[]>(this.#statements.selectAll);
    return parseRows(row?.keys ?? '[]');
  }
}
