import { accessSync, constants } from 'node:fs';
import type { DatabaseCondition, ReadableCondition } from '../../database.js';
import { UnusableDatabaseError } from '../../errors/database-errors.js';
import { sqliteFailure } from '../sqlite-failure.js';
import type { DatabaseFiles } from './database-files.js';
import {
  corruptFile,
  type FileCondition,
  fullDisk,
  lostFile,
  readOnlyFile,
} from './file-conditions.js';

/** Options of a monitor. */
export interface DatabaseMonitorOptions {
  /** The path of the database, for messages. */
  readonly file: string;
  /** The files as they were when the database was opened. */
  readonly files: DatabaseFiles;
  /** Called with each new condition. */
  readonly onChange: (condition: DatabaseCondition) => void;
}

/** Tracks the condition of a database, from the outcome of its statements and from its files. */
export class DatabaseMonitor {
  readonly #options: DatabaseMonitorOptions;
  #condition: FileCondition = { state: 'ok' };
  #recoveries = 0;

  constructor(options: DatabaseMonitorOptions) {
    this.#options = options;
  }

  /**
   * Returns the condition of a database that can be read.
   *
   * @throws {UnusableDatabaseError} when the database cannot be read
   */
  readableCondition(): ReadableCondition {
    if (this.#condition.state === 'unusable') {
      throw new UnusableDatabaseError(this.#condition.reason);
    }
    return this.#condition;
  }

  /** How many times writes have started to work again after they were refused. */
  get recoveries(): number {
    return this.#recoveries;
  }

  /**
   * Checks that the files are still the ones that were opened.
   *
   * @throws {UnusableDatabaseError} when the database is unusable, now or since earlier
   */
  checkFiles(): void {
    this.readableCondition();
    const fault = this.#options.files.fault();
    if (fault !== undefined) {
      this.#change(lostFile(fault));
      this.readableCondition();
    }
  }

  /** Updates the condition after a statement failed. */
  recordFailure(error: unknown): void {
    const condition = conditionAfter(error, this.#options.file);
    if (condition !== undefined) {
      this.#change(condition);
    }
  }

  /** Updates the condition after a write succeeded. */
  recordWrite(): void {
    if (this.#condition.state === 'full' || this.#condition.state === 'read-only') {
      this.#recoveries++;
      this.#change({ state: 'ok' });
    }
  }

  /** Reports each new state once. An unusable database stays unusable, with its first reason. */
  #change(condition: FileCondition): void {
    const { state } = this.#condition;
    if (state !== condition.state && state !== 'unusable') {
      this.#condition = condition;
      this.#options.onChange(condition);
    }
  }
}

function conditionAfter(error: unknown, file: string): FileCondition | undefined {
  switch (sqliteFailure(error)) {
    case 'corrupt':
      return corruptFile(file, error);
    case 'read-only':
      return readOnlyFile(file, error);
    case 'full':
      // A disk that became read-only fails with the result codes of a full one.
      return isWritable(file) ? fullDisk(file, error) : readOnlyFile(file, error);
    default:
      return undefined;
  }
}

function isWritable(file: string): boolean {
  try {
    accessSync(file, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
