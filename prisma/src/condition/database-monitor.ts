import { accessSync, constants } from 'node:fs';
import { UnusableDatabaseError } from '../errors/unusable-database-error.js';
import {
  corruptFile,
  type DatabaseCondition,
  fullDisk,
  lostFile,
  type ReadableCondition,
  readOnlyFile,
} from './database-condition.js';
import { databaseFailure } from './database-failure.js';
import type { DatabaseFiles } from './database-files.js';

/** What a monitor works with. */
export interface DatabaseMonitorOptions {
  /** The path of the database, for messages. */
  readonly file: string;
  /** The files as they were when the database was opened. */
  readonly files: DatabaseFiles;
  /** Called with each new condition. */
  readonly onChange: (condition: DatabaseCondition) => void;
}

/** Knows what the database can be used for, from the outcome of its statements and from its files. */
export class DatabaseMonitor {
  readonly #options: DatabaseMonitorOptions;
  #condition: DatabaseCondition = { state: 'ok' };
  #recoveries = 0;

  constructor(options: DatabaseMonitorOptions) {
    this.#options = options;
  }

  /**
   * Returns whether writes work.
   * @throws {UnusableDatabaseError} where reads do not
   */
  readableCondition(): ReadableCondition {
    if (this.#condition.state === 'unusable') {
      throw new UnusableDatabaseError(this.#condition.reason);
    }
    return this.#condition;
  }

  /** How often writes have worked again after they were refused. */
  get recoveries(): number {
    return this.#recoveries;
  }

  /**
   * Compares the files with those that were opened.
   * @throws {UnusableDatabaseError} where the database is unusable, now or since earlier
   */
  requireFiles(): void {
    this.readableCondition();
    const fault = this.#options.files.fault();
    if (fault !== undefined) {
      this.#change(lostFile(fault));
      this.readableCondition();
    }
  }

  /** Takes in why a statement failed. */
  noteFailure(error: unknown): void {
    const condition = conditionAfter(error, this.#options.file);
    if (condition !== undefined) {
      this.#change(condition);
    }
  }

  /** Takes in that a write has succeeded. */
  noteWrite(): void {
    if (this.#condition.state === 'full' || this.#condition.state === 'read-only') {
      this.#recoveries++;
      this.#change({ state: 'ok' });
    }
  }

  /** Reports each state once, and leaves an unusable database at its first reason. */
  #change(condition: DatabaseCondition): void {
    const { state } = this.#condition;
    if (state !== condition.state && state !== 'unusable') {
      this.#condition = condition;
      this.#options.onChange(condition);
    }
  }
}

function conditionAfter(error: unknown, file: string): DatabaseCondition | undefined {
  switch (databaseFailure(error)) {
    case 'corrupt':
      return corruptFile(file, error);
    case 'read-only':
      return readOnlyFile(file, error);
    case 'full':
      return isWritable(file) ? fullDisk(file, error) : readOnlyFile(file, error);
    default:
      return undefined;
  }
}

/** Returns whether the file may be written: a disk that became read-only fails with the codes of a full one. */
function isWritable(file: string): boolean {
  try {
    accessSync(file, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
