import { ProblemError } from '../http/problem-error.js';

/** The service should get no requests just now. */
export class NotReadyError extends ProblemError {
  override readonly name = 'NotReadyError';

  constructor(reason: string, options?: ErrorOptions) {
    super('service-unavailable', reason, { ...options, headers: { 'Retry-After': '1' } });
  }
}
