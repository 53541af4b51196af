import { DatabaseError } from './database-error.js';

/** The database was migrated by a newer version of the service. */
export class UnknownMigrationError extends DatabaseError {
  override readonly name = 'UnknownMigrationError';
  /** The folder name of the first migration that is not known. */
  readonly migration: string;

  constructor(migration: string) {
    super(
      `The database has the migration ${migration}, which this version of the service does not know: ` +
        'a newer version has migrated it. Start that version or a later one, or restore a backup from ' +
        'before the migration.',
    );
    this.migration = migration;
  }
}
