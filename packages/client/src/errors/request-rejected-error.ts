import { ProblemError } from './problem-error.js';

/** The service refused the request for a reason that has no class of its own (any other 4xx). */
export class RequestRejectedError extends ProblemError {
  override readonly name = 'RequestRejectedError';
}
