import { DatabaseError } from './database-error.js';

/** The database URL is not one that can be opened. */
export class DatabaseUrlError extends DatabaseError {
  override readonly name = 'DatabaseUrlError';
  /** The URL as it was given. */
  readonly url: string;

  constructor(url: string) {
    super(`Not a database file: ${JSON.stringify(url)}. Give its path as file:./data/catalog.db`);
    this.url = url;
  }
}
