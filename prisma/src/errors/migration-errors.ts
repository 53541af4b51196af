import { DatabaseError } from './database-errors.js';

/** The file of a migration has changed since the migration was applied to the database. */
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

/** The SQL of a migration failed. The pending migrations were rolled back together. */
export class FailedMigrationError extends DatabaseError {
  override readonly name = 'FailedMigrationError';
  /** The migration's folder name. */
  readonly migration: string;

  constructor(migration: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(
      `Migration ${migration} failed: ${reason}. ` +
        'The database is unchanged; correct the migration and start again.',
      { cause },
    );
    this.migration = migration;
  }
}

/** `prisma migrate deploy` started a migration and did not finish it. */
export class UnfinishedMigrationError extends DatabaseError {
  override readonly name = 'UnfinishedMigrationError';
  /** The migration's folder name. */
  readonly migration: string;

  constructor(migration: string) {
    super(
      `Migration ${migration} was started by \`prisma migrate deploy\` and did not finish. ` +
        'Undo the statements that it has run, then run ' +
        `\`prisma migrate resolve --rolled-back ${migration}\` and start again.`,
    );
    this.migration = migration;
  }
}

/** The database was migrated by a newer version of the service. */
export class UnknownMigrationError extends DatabaseError {
  override readonly name = 'UnknownMigrationError';
  /** The folder name of the first unknown migration. */
  readonly migration: string;

  constructor(migration: string, file: string) {
    super(
      `${file} has the migration ${migration}, which this version of the service does not know: ` +
        'a newer version has migrated it. Use that version or a later one, or restore a backup from ' +
        'before the migration.',
    );
    this.migration = migration;
  }
}
