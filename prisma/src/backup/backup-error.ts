import { DatabaseError } from '../errors/database-error.js';

/** A backup was not made or not restored, and nothing was changed. The message says why. */
export class BackupError extends DatabaseError {
  override readonly name = 'BackupError';
}
