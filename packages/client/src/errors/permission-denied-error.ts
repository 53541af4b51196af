import { ProblemError } from './problem-error.js';

/** The credentials do not allow the request (403). */
export class PermissionDeniedError extends ProblemError {
  override readonly name = 'PermissionDeniedError';
}
