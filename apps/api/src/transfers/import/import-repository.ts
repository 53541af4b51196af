import type { Database } from '@product-api/database';
import { IdempotencyRecords, identityOf } from '../../idempotency/database/idempotency-records.js';
import { IdempotencyKeyReusedError } from '../../idempotency/idempotency-errors.js';
import type { KeyedRequest } from '../../idempotency/keyed-request.js';
import type { ProductStatements } from '../../products/database/product-statements.js';
import { statementsByDialect } from '../../products/database/statements-by-dialect.js';
import { applyLines, type LineRules } from '../database/apply-lines.js';
import type { ImportLine, LineResult } from './import-line.js';
import { type ImportProgress, importProgressSchema, noProgress } from './import-progress.js';

/** Maximum attempts of a transaction in which another process has created one of the products. */
const MAX_ATTEMPTS = 3;

/** The progress of a keyed import, which is stored together with its lines. */
export interface KeyedProgress {
  readonly keyed: KeyedRequest;
  /** The progress that the catalog has stored. */
  readonly before: ImportProgress;
  /** Returns the progress after lines with these results. */
  readonly after: (results: readonly LineResult[]) => ImportProgress;
}

/** How an import commits lines. */
export type ImportRules = Omit<LineRules, 'at'>;

/** Stores the lines of imports. */
export class ImportRepository {
  readonly #database: Database;
  readonly #statements: ProductStatements;
  readonly #clock: () => Date;

  /** @param clock returns the time for `created_at` and `updated_at` */
  constructor(database: Database, clock: () => Date) {
    this.#database = database;
    this.#statements = statementsByDialect[database.dialect];
    this.#clock = clock;
  }

  /**
   * Returns the progress of the import that has a key; `noProgress` if there is none.
   *
   * @throws {IdempotencyKeyReusedError} when the key belongs to another request
   */
  async progress(keyed: KeyedRequest): Promise<ImportProgress> {
    const { client, dialect } = this.#database;
    const records = await new IdempotencyRecords(client, dialect).read([keyed]);
    const record = records.get(identityOf(keyed));
    if (record === undefined) {
      return noProgress;
    }
    if (record.fingerprint !== keyed.fingerprint) {
      throw new IdempotencyKeyReusedError();
    }
    return importProgressSchema.parse(JSON.parse(record.outcome));
  }

  /**
   * Commits lines in one transaction, together with the progress of their import. A dry run commits
   * nothing. With `reject_all`, nothing is committed if a line fails.
   *
   * @returns the result of each line; with `stop`, those after the first failed line have none
   * @throws {RecordedMeanwhileError} when another request with the same key has committed lines
   */
  async commit(
    lines: readonly ImportLine[],
    rules: ImportRules,
    progress: KeyedProgress | undefined,
  ): Promise<readonly LineResult[]> {
    const at = this.#clock();
    if (rules.isDryRun) {
      return applyLines(this.#database.client, this.#statements, lines, { ...rules, at });
    }
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#commitOnce(lines, { ...rules, at }, progress);
      } catch (error) {
        if (error instanceof RejectedLines) {
          return error.results;
        }
        if (attempt === MAX_ATTEMPTS || this.#database.failureOf(error) !== 'constraint') {
          throw error;
        }
      }
    }
  }

  #commitOnce(
    lines: readonly ImportLine[],
    rules: LineRules,
    progress: KeyedProgress | undefined,
  ): Promise<readonly LineResult[]> {
    const { dialect } = this.#database;
    return this.#database.slowTransaction(async (transaction) => {
      const results = await applyLines(transaction, this.#statements, lines, rules);
      if (rules.onError === 'reject_all' && results.some(({ outcome }) => outcome === 'failed')) {
        throw new RejectedLines(results);
      }
      if (progress) {
        const { keyed, before, after } = progress;
        const record = { ...keyed, outcome: JSON.stringify(after(results)) };
        const records = new IdempotencyRecords(transaction, dialect);
        await (before === noProgress
          ? records.insert([record], rules.at)
          : records.replace(record, JSON.stringify(before)));
      }
      return results;
    });
  }
}

/** Rolls a transaction back whose lines must not be committed. */
class RejectedLines extends Error {
  override readonly name = 'RejectedLines';
  readonly results: readonly LineResult[];

  constructor(results: readonly LineResult[]) {
    super('A line of the import failed');
    this.results = results;
  }
}
