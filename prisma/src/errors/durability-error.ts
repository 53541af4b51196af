import { DatabaseError } from './database-error.js';

/** The database would not keep an acknowledged write through a loss of power. */
export class DurabilityError extends DatabaseError {
  override readonly name = 'DurabilityError';
  /** The PRAGMA that has a wrong value. */
  readonly pragma: string;

  constructor(pragma: string, value: unknown, needed: unknown) {
    super(
      `SQLite has ${pragma} = ${value} where ${needed} is needed. ` +
        'Is the file migrated, and on a local disk?',
    );
    this.pragma = pragma;
  }
}
