import { type FieldError, MAX_API_KEYS } from '@product-api/contract';
import { DomainError } from '../errors.js';

/** No key has the id, or the key to rotate has expired. */
export class ApiKeyNotFoundError extends DomainError {
  override readonly name = 'ApiKeyNotFoundError';
  override readonly kind = 'api-key-not-found';

  constructor() {
    super('API key not found');
  }
}

/** There are as many keys as a service can have. */
export class ApiKeyLimitError extends DomainError {
  override readonly name = 'ApiKeyLimitError';
  override readonly kind = 'api-key-limit-reached';

  constructor() {
    super(`There are already ${MAX_API_KEYS} API keys: revoke one first`);
  }
}

/** A key cannot expire before it is made. */
export class ExpiryInPastError extends DomainError {
  override readonly name = 'ExpiryInPastError';
  override readonly kind = 'validation-error';
  override readonly errors: readonly FieldError[] = [
    { field: 'expires_at', message: 'Input should be a time in the future' },
  ];

  constructor() {
    super('Validation error');
  }
}
