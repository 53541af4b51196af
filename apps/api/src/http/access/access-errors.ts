import type { Scope } from '@product-api/contract';
import { DomainError } from '../../errors.js';
import { ProblemError } from '../problems/problem-errors.js';

const CHALLENGE = 'Bearer realm="product-api"';

/**
 * A request without a valid key (401). The response does not say why the key is not valid; only
 * whether one was sent (RFC 6750 §3).
 */
export class UnauthorizedError extends ProblemError {
  override readonly name = 'UnauthorizedError';

  constructor(sent: 'no-key' | 'invalid-key') {
    const challenge = sent === 'no-key' ? CHALLENGE : `${CHALLENGE}, error="invalid_token"`;
    super('unauthorized', 'A valid API key is needed', {
      headers: { 'WWW-Authenticate': challenge },
    });
  }
}

/** A request with a valid key that does not allow it (403). */
export class InsufficientScopeError extends ProblemError {
  override readonly name = 'InsufficientScopeError';

  constructor(scope: Scope) {
    super('insufficient-scope', `The API key does not have the scope ${scope}`, {
      extensions: { required_scope: scope },
      headers: {
        'WWW-Authenticate': `${CHALLENGE}, error="insufficient_scope", scope="${scope}"`,
      },
    });
  }
}

/** The keys could not be read for too long, so it is unknown whether a key is valid (503). */
export class KeysOutdatedError extends DomainError {
  override readonly name = 'KeysOutdatedError';
  override readonly kind = 'service-unavailable';
  // The log has the failure of the poll, or the condition of the database.
  override readonly isLogged = true;

  constructor() {
    super('API keys cannot be checked at present; try again soon');
  }
}
