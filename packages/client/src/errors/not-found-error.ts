import { ProblemError } from './problem-error.js';

/** No product has this id (404). */
export class NotFoundError extends ProblemError {
  override readonly name = 'NotFoundError';
}
