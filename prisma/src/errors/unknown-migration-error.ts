import { DatabaseError } from './database-error.js';

/** The database was migrated by a newer version of the service. */
export class UnknownMigrationError extends DatabaseError {
  override readonly name = 'UnknownMigrationError';
  /** The folder name of the first migration that is not known. */
  readonly migration: string;

  constructor(migration: string, file: string) {
    super(
      `${file} has the migration ${migration}, which this version of the service does not know: ` +
        'a newer version has migrated it. Use that version or a later one, or a backup from before the ' +
        'migration.',
    );
    this.migration = migration;
  }
}
