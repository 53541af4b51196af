import { DatabaseError } from './database-errors.js';

/** A PostgreSQL server cannot be used as the database. The message says why and what to do. */
export class DatabaseServerError extends DatabaseError {
  override readonly name: string = 'DatabaseServerError';
}

/**
 * The server is a standby. It is behind its primary: a product read there could be older than one
 * that a client has seen, and would be cached.
 */
export class StandbyServerError extends DatabaseServerError {
  override readonly name = 'StandbyServerError';

  constructor(place: string) {
    super(`${place} is a standby, which cannot be written: DATABASE_URL must lead to the primary`);
  }
}
