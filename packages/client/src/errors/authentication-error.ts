import { ProblemError } from './problem-error.js';

/** The request has no valid credentials (401): check the headers of the client. */
export class AuthenticationError extends ProblemError {
  override readonly name = 'AuthenticationError';
}
