import { DatabaseError } from './database-error.js';

/**
 * The database URL is not one that can be opened. The error does not show it: the URL of another
 * database has a password, and in a mistyped one that may be anywhere.
 */
export class DatabaseUrlError extends DatabaseError {
  override readonly name = 'DatabaseUrlError';

  constructor() {
    super(
      'The URL of the database should be file: and the path of a SQLite file, such as ' +
        'file:./data/catalog.db, without user, password and parameters',
    );
  }
}
