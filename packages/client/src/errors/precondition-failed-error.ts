import { ProblemError } from './problem-error.js';

/** The product has changed since the entity tag in `ifMatch` was read (412). */
export class PreconditionFailedError extends ProblemError {
  override readonly name = 'PreconditionFailedError';
}
