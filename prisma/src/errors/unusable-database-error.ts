import { DatabaseError } from './database-error.js';

/** The files of an open database were lost or are damaged: nothing is read or written any more. */
export class UnusableDatabaseError extends DatabaseError {
  override readonly name = 'UnusableDatabaseError';
}
