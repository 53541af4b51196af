import { primaryResultCode } from './result-code.js';

const BUSY = 5;

/**
 * Whether a statement failed because another process held the database's lock for longer than the
 * busy timeout. Nothing of it happened, and it may succeed when it is tried again.
 */
export function isBusyError(error: unknown): boolean {
  return primaryResultCode(error) === BUSY;
}
