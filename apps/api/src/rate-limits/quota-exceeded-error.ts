import { ProblemError } from '../http/problems/problem-errors.js';
import type { Policy } from './policy.js';
import { rateLimitHeaders } from './rate-limit-headers.js';

/** A request above a rate limit (429). */
export class QuotaExceededError extends ProblemError {
  override readonly name = 'QuotaExceededError';

  /**
   * @param left the units that are left; may be negative
   * @param waitMs milliseconds until there are enough units for the request
   */
  constructor(policy: Policy, left: number, waitMs: number) {
    const seconds = Math.max(1, Math.ceil(waitMs / 1000));
    super(
      'quota-exceeded',
      `Too many requests: try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}`,
      {
        extensions: { 'violated-policies': [policy.name] },
        headers: { 'Retry-After': String(seconds), ...rateLimitHeaders(policy, left, seconds) },
      },
    );
  }
}
