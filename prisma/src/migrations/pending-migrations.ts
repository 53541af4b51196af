import {
  EditedMigrationError,
  UnfinishedMigrationError,
  UnknownMigrationError,
} from '../errors/migration-errors.js';
import type { Migration } from './migration-files.js';

/** A row of the table of migrations that was not rolled back. */
export interface AppliedMigration {
  readonly name: string;
  /** The checksum of the file that was applied. */
  readonly checksum: string;
  /** False when `prisma migrate deploy` failed or was interrupted. */
  readonly isFinished: boolean;
}

/** The table of migrations, by name. */
export type AppliedMigrations = ReadonlyMap<string, AppliedMigration>;

/**
 * Returns the migrations that are not applied yet, in order.
 *
 * @param place the database, for messages: the path of its file, or the words for a server
 * @throws {UnknownMigrationError} when a newer version has migrated the database
 * @throws {UnfinishedMigrationError} when `prisma migrate deploy` did not finish a migration
 * @throws {EditedMigrationError} when the file of an applied migration has changed
 */
export function pendingMigrations(
  migrations: readonly Migration[],
  applied: AppliedMigrations,
  place: string,
): readonly Migration[] {
  requireKnownMigrations(
    applied,
    migrations.map(({ name }) => name),
    place,
  );
  for (const { name, isFinished } of applied.values()) {
    if (!isFinished) {
      throw new UnfinishedMigrationError(name);
    }
  }
  return migrations.filter(({ name, checksum }) => {
    const row = applied.get(name);
    if (row !== undefined && row.checksum !== checksum) {
      throw new EditedMigrationError(name);
    }
    return row === undefined;
  });
}

/**
 * Refuses a database that a newer version has migrated: this version may use columns that are gone.
 *
 * @param applied the table of migrations
 * @param known the names of all migrations of this version
 * @param place the database, for the message
 * @throws {UnknownMigrationError} when the table has a migration that is not known
 */
export function requireKnownMigrations(
  applied: AppliedMigrations,
  known: Iterable<string>,
  place: string,
): void {
  const names = new Set(known);
  for (const name of applied.keys()) {
    if (!names.has(name)) {
      throw new UnknownMigrationError(name, place);
    }
  }
}
