import { DomainError } from '../domain-error.js';

/** The service should not be sent requests at present; the message says why. */
export class NotReadyError extends DomainError {
  override readonly name = 'NotReadyError';
  override readonly kind = 'service-unavailable';
}
