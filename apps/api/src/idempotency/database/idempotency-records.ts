import type { Dialect, Transaction } from '@product-api/database';
import type { IdempotencyRecord, RecordKey, RecordStatements } from './record-statements.js';
import { statementsByDialect } from './statements-by-dialect.js';

/** A key got its record from another transaction, which has committed it. */
export class RecordedMeanwhileError extends Error {
  override readonly name = 'RecordedMeanwhileError';
}

/** Returns a text that identifies a key and its scope. A key has no line breaks. */
export function identityOf({ scope, key }: RecordKey): string {
  return `${scope}\n${key}`;
}

/** The records as one transaction reads and writes them. */
export class IdempotencyRecords {
  readonly #transaction: Transaction;
  readonly #statements: RecordStatements;

  constructor(transaction: Transaction, dialect: Dialect) {
    this.#transaction = transaction;
    this.#statements = statementsByDialect[dialect];
  }

  /** Returns the records of keys that have one, by `identityOf`. */
  async read(keys: readonly RecordKey[]): Promise<ReadonlyMap<string, IdempotencyRecord>> {
    if (keys.length === 0) {
      return new Map();
    }
    const rows = await this.#transaction.$queryRaw<IdempotencyRecord[]>(
      this.#statements.select(keys),
    );
    return new Map(rows.map((row) => [identityOf(row), row]));
  }

  /**
   * Inserts records of different keys.
   *
   * @throws {RecordedMeanwhileError} when one of the keys has a record by now
   */
  async insert(records: readonly IdempotencyRecord[], at: Date): Promise<void> {
    if (records.length === 0) {
      return;
    }
    const inserted = await this.#transaction.$executeRaw(this.#statements.insert(records, at));
    if (inserted < records.length) {
      throw new RecordedMeanwhileError('A key of the transaction has a record of another one');
    }
  }

  /**
   * Replaces the outcome of a record.
   *
   * @throws {RecordedMeanwhileError} when its outcome is not the given one any more
   */
  async replace(record: IdempotencyRecord, previousOutcome: string): Promise<void> {
    const replaced = await this.#transaction.$executeRaw(
      this.#statements.replace(record, previousOutcome),
    );
    if (replaced === 0) {
      throw new RecordedMeanwhileError('The outcome of the key has changed');
    }
  }
}
