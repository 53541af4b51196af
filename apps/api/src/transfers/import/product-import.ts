import { setTimeout as sleep } from 'node:timers/promises';
import type { Cache } from '@product-api/cache';
import type { FailedLine, ImportedLine, ImportQuery, Product } from '@product-api/contract';
import { turnSlices } from '../../concurrency/turn-slices.js';
import { RecordedMeanwhileError } from '../../idempotency/database/idempotency-records.js';
import { IdempotencyKeyReusedError } from '../../idempotency/idempotency-errors.js';
import type { KeyedRequest } from '../../idempotency/keyed-request.js';
import { conflictErrors } from '../database/decide-line.js';
import type { SourceLine } from '../file/source-line.js';
import type { TransferObserver } from '../transfer-observer.js';
import { ImportTakenOverError, TooManyLinesError } from './import-errors.js';
import type { ImportLine, LineResult } from './import-line.js';
import { advance, type ImportProgress, nextDigest } from './import-progress.js';
import type { ImportRepository } from './import-repository.js';
import { type LineValidation, validateLine } from './validate-line.js';

/** Lines of a transaction. */
const CHUNK_LINES = 200;

/** Characters of the lines of a transaction, unless one line has more. */
const CHUNK_LENGTH = 1024 * 1024;

/** Lines of an import that is all or nothing, and so one transaction. */
const REJECT_ALL_LINES = 1000;

/** Characters of all its lines, which are in memory until then. */
const REJECT_ALL_LENGTH = 16 * 1024 * 1024;

/** Milliseconds between two transactions, in which other writers get the lock. */
const PAUSE_MS = 2;

/** What an import needs. */
export interface ImportDependencies {
  readonly repository: ImportRepository;
  readonly cache: Cache<Product>;
  readonly observer: TransferObserver;
}

/** What a request asks of an import. */
export interface ImportOptions extends LineValidation {
  readonly query: ImportQuery;
  /** The id of the API key of the request; undefined without one. */
  readonly changedBy: string | undefined;
  /** The request with its idempotency key, if it has one. A dry run has none. */
  readonly keyed: KeyedRequest | undefined;
}

/** The report of a line. */
export type LineReport = FailedLine | ImportedLine;

/** One import. */
export class ProductImport {
  readonly #dependencies: ImportDependencies;
  readonly #options: ImportOptions;
  /** The progress that is stored, or would be. */
  #stored: ImportProgress;
  /** What the summary says: also of a failed line that the import stopped at. */
  #reported: ImportProgress;
  /** The lines that an earlier request has imported. */
  readonly #linesDone: number;
  #linesSkipped = 0;
  #skippedDigest = '';
  #chunk: { readonly source: SourceLine; readonly line: ImportLine }[] = [];
  #chunkLength = 0;
  #isStopped = false;

  /** @param progress what earlier requests with the same key have done */
  constructor(dependencies: ImportDependencies, options: ImportOptions, progress: ImportProgress) {
    this.#dependencies = dependencies;
    this.#options = options;
    this.#stored = progress;
    this.#reported = { ...progress, isComplete: false };
    this.#linesDone = progress.read;
  }

  /** Returns the counts so far. */
  get progress(): ImportProgress {
    return this.#reported;
  }

  /** Returns whether the import does not go on after a line that failed. */
  get isStopped(): boolean {
    return this.#isStopped;
  }

  /**
   * Imports a line. It is committed together with others.
   *
   * @returns the reports of the lines that were committed
   * @throws {TooManyLinesError} when an import that is all or nothing has too many lines
   * @throws {IdempotencyKeyReusedError} when the lines are not those of the earlier request
   * @throws {ImportTakenOverError} when another request goes on with the same import
   */
  async add(source: SourceLine): Promise<readonly LineReport[]> {
    const line = validateLine(source, this.#options);
    if (this.#linesSkipped < this.#linesDone) {
      return this.#skip(source, line);
    }
    if (this.#stored.isComplete) {
      throw new IdempotencyKeyReusedError();
    }
    this.#chunk.push({ source, line });
    this.#chunkLength += source.text.length;
    if (!this.#isChunkFull(line)) {
      return [];
    }
    const reports = await this.commit();
    await sleep(PAUSE_MS);
    return reports;
  }

  /**
   * Commits the lines that are left.
   *
   * @param isComplete whether the file has no further lines
   * @returns the reports of these lines
   */
  async commit(isComplete = false): Promise<readonly LineReport[]> {
    const { repository } = this.#dependencies;
    const { query, keyed, changedBy } = this.#options;
    if (isComplete && this.#linesSkipped < this.#linesDone) {
      throw new IdempotencyKeyReusedError();
    }
    // All or nothing can be committed only as a whole.
    const chunk = isComplete || query.on_error !== 'reject_all' ? this.#chunk : [];
    this.#chunk = [];
    this.#chunkLength = 0;
    if (chunk.length === 0 && (!isComplete || keyed === undefined || this.#stored.isComplete)) {
      this.#reported = { ...this.#reported, isComplete: isComplete && !this.#isStopped };
      return [];
    }
    const texts = chunk.map(({ source }) => source.text);
    const after = (results: readonly LineResult[]) => {
      const done = this.#isEnd(results) ? results.slice(0, -1) : results;
      return { ...advance(this.#stored, done, texts), isComplete: isComplete && done === results };
    };
    const results = await repository
      .commit(
        chunk.map(({ line }) => line),
        { mode: query.mode, onError: query.on_error, isDryRun: query.dry_run, changedBy },
        keyed && { keyed, before: this.#stored, after },
      )
      .catch((error: unknown) => {
        throw error instanceof RecordedMeanwhileError ? new ImportTakenOverError() : error;
      });
    await this.#conclude(results, after(results), texts);
    return results.flatMap((result) => this.#reportOf(result));
  }

  /** Leaves out a line that an earlier request has imported, and reports its failure again. */
  #skip(source: SourceLine, line: ImportLine): readonly LineReport[] {
    this.#linesSkipped += 1;
    this.#skippedDigest = nextDigest(this.#skippedDigest, source.text);
    if (this.#linesSkipped === this.#linesDone && this.#skippedDigest !== this.#stored.digest) {
      throw new IdempotencyKeyReusedError();
    }
    if ('errors' in line) {
      return [{ line: line.line, errors: [...line.errors] }];
    }
    return this.#stored.conflicts.includes(line.line)
      ? [{ line: line.line, errors: [...conflictErrors(line, this.#options.query.mode)] }]
      : [];
  }

  #isChunkFull(line: ImportLine): boolean {
    const { on_error } = this.#options.query;
    if (on_error === 'reject_all') {
      if (this.#chunk.length > REJECT_ALL_LINES || this.#chunkLength > REJECT_ALL_LENGTH) {
        throw new TooManyLinesError(REJECT_ALL_LINES, REJECT_ALL_LENGTH);
      }
      return false;
    }
    return (
      this.#chunk.length >= CHUNK_LINES ||
      this.#chunkLength >= CHUNK_LENGTH ||
      (on_error === 'stop' && 'errors' in line)
    );
  }

  async #conclude(
    results: readonly LineResult[],
    stored: ImportProgress,
    texts: readonly string[],
  ): Promise<void> {
    const { query } = this.#options;
    const failed = results.filter(({ outcome }) => outcome === 'failed');
    if (query.on_error === 'reject_all' && failed.length > 0) {
      this.#isStopped = true;
      this.#reported = { ...advance(this.#stored, failed, []), read: results.length };
      return;
    }
    this.#isStopped = this.#isEnd(results);
    this.#reported = {
      ...advance(this.#stored, results, texts),
      isComplete: stored.isComplete,
    };
    this.#stored = stored;
    if (!query.dry_run) {
      this.#count(results);
      await this.#invalidate(results);
    }
  }

  /** Returns whether the import ends at the last of these lines. */
  #isEnd(results: readonly LineResult[]): boolean {
    return this.#options.query.on_error === 'stop' && results.at(-1)?.outcome === 'failed';
  }

  #count(results: readonly LineResult[]): void {
    for (const outcome of ['created', 'updated', 'unchanged', 'failed'] as const) {
      const lines = results.filter((result) => result.outcome === outcome);
      this.#dependencies.observer.lines(outcome, lines.length);
    }
  }

  async #invalidate(results: readonly LineResult[]): Promise<void> {
    const { cache } = this.#dependencies;
    const endOfSlice = turnSlices();
    const invalidations: Promise<void>[] = [];
    for (const result of results) {
      if (result.outcome === 'created' || result.outcome === 'updated') {
        invalidations.push(cache.invalidate(result.id, result.version));
        await endOfSlice();
      }
    }
    await Promise.all(invalidations);
  }

  #reportOf(result: LineResult): LineReport[] {
    const { line, outcome } = result;
    if (outcome === 'failed') {
      return [{ line, errors: [...result.errors] }];
    }
    return this.#options.query.report === 'all' ? [{ line, id: result.id, outcome }] : [];
  }
}
