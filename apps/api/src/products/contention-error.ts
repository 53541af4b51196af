import { ProblemError } from '../http/problem-error.js';

/** A conditional change found no moment without another change of the product (503). */
export class ContentionError extends ProblemError {
  override readonly name = 'ContentionError';

  constructor() {
    super('service-unavailable', 'Others change the product all the time; try again soon', {
      headers: { 'Retry-After': '1' },
    });
  }
}
