/**
 * A database fault that the operator must repair. The message says what is wrong and what to do.
 */
export abstract class DatabaseError extends Error {}

/** The database file cannot be opened, or is not a valid database. */
export class DatabaseFileError extends DatabaseError {
  override readonly name = 'DatabaseFileError';
}

/**
 * The database URL is not supported. The message never repeats the URL, because it may contain a
 * password, and in a mistyped URL the password can be anywhere.
 */
export class DatabaseUrlError extends DatabaseError {
  override readonly name = 'DatabaseUrlError';

  constructor() {
    super(
      'The URL of the database must be file: and the path of a SQLite file, such as ' +
        'file:./data/catalog.db, without user, password and parameters, or that of a PostgreSQL ' +
        'database, postgres://user:password@host/database; in user and password, percent-encode ' +
        'each of / ? # @ %',
    );
  }
}

/** The database could lose an acknowledged write in a power failure. */
export class DurabilityError extends DatabaseError {
  override readonly name = 'DurabilityError';
  /** The PRAGMA that has the wrong value. */
  readonly pragma: string;

  constructor(pragma: string, value: unknown, expected: unknown) {
    super(
      `SQLite has ${pragma} = ${value}, but ${expected} is required. ` +
        'Check that the file is migrated and on a local disk.',
    );
    this.pragma = pragma;
  }
}

/**
 * The files of an open database were lost or damaged, and nothing is read or written any more; or
 * its server cannot be used at present.
 */
export class UnusableDatabaseError extends DatabaseError {
  override readonly name = 'UnusableDatabaseError';
}

/**
 * The database did not run a statement within the time limit. The message says why and what to do.
 */
export class BusyDatabaseError extends DatabaseError {
  override readonly name = 'BusyDatabaseError';
}

/** A backup or a restore failed, and nothing was changed. The message says why. */
export class BackupError extends DatabaseError {
  override readonly name = 'BackupError';
}

/** A copy to another database failed, and the target is as it was. The message says why. */
export class CopyError extends DatabaseError {
  override readonly name = 'CopyError';
}
