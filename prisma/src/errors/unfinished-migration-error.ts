import { DatabaseError } from './database-error.js';

/** `prisma migrate deploy` began a migration and did not finish it. */
export class UnfinishedMigrationError extends DatabaseError {
  override readonly name = 'UnfinishedMigrationError';
  /** The migration's folder name. */
  readonly migration: string;

  constructor(migration: string) {
    super(
      `Migration ${migration} was begun by \`prisma migrate deploy\` and did not finish. ` +
        'Undo the statements that it got to, then run ' +
        `\`prisma migrate resolve --rolled-back ${migration}\` and start again.`,
    );
    this.migration = migration;
  }
}
