import { primaryResultCode } from './result-code.js';

const CONSTRAINT = 19;

/**
 * Whether a statement failed because a row would break a rule of the database: a CHECK, a unique
 * key, or what a trigger refuses. Nothing of the statement happened, to any row.
 */
export function isConstraintError(error: unknown): boolean {
  return primaryResultCode(error) === CONSTRAINT;
}
