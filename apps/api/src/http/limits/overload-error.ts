import { ProblemError } from '../problems/problem-error.js';

/** Seconds after which a client may try again; jitter is the client's part. */
const retryAfterSeconds = '1';

/** The service has as much work in progress as its memory allows: this request was not begun. */
export class OverloadError extends ProblemError {
  override readonly name = 'OverloadError';

  constructor() {
    super('service-unavailable', 'The service is busy; try again soon', {
      headers: { 'Retry-After': retryAfterSeconds },
    });
  }
}
