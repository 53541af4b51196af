import { ProblemError } from './problem-error.js';

/** The request was refused (a 4xx without a class of its own). */
export class RequestRejectedError extends ProblemError {
  override readonly name = 'RequestRejectedError';
}
