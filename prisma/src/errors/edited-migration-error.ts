import { DatabaseError } from './database-error.js';

/** A migration's file is not the one that was applied to the database. */
export class EditedMigrationError extends DatabaseError {
  override readonly name = 'EditedMigrationError';
  /** The migration's folder name. */
  readonly migration: string;

  constructor(migration: string) {
    super(
      `Migration ${migration} was edited after it was applied. ` +
        'Restore its file, and make the change in a new migration.',
    );
    this.migration = migration;
  }
}
