import { DatabaseError } from './database-error.js';

/** A migration's SQL failed. Neither it nor the migrations pending with it left anything behind. */
export class FailedMigrationError extends DatabaseError {
  override readonly name = 'FailedMigrationError';
  /** The migration's folder name. */
  readonly migration: string;

  constructor(migration: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(
      `Migration ${migration} failed: ${reason}. ` +
        'The database is as it was before; correct the migration and start again.',
      { cause },
    );
    this.migration = migration;
  }
}
