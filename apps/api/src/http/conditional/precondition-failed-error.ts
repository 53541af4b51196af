import { ProblemError } from '../problems/problem-error.js';

/** A request is conditional on what is not the case (412); the detail says on what. */
export class PreconditionFailedError extends ProblemError {
  override readonly name = 'PreconditionFailedError';

  constructor(detail: string) {
    super('precondition-failed', detail);
  }
}
