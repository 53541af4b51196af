import type { FieldError } from '@product-api/contract';
import { DomainError } from '../errors.js';

/** The text is not a cursor of a history. */
export class InvalidHistoryCursorError extends DomainError {
  override readonly name = 'InvalidHistoryCursorError';
  override readonly kind = 'validation-error';
  override readonly errors: readonly FieldError[] = [
    { field: 'cursor', message: 'Input should be the next_cursor of a page of the history' },
  ];

  constructor() {
    super('Validation error');
  }
}

/** The history does not have a version, or not its values. */
export class VersionNotFoundError extends DomainError {
  override readonly name = 'VersionNotFoundError';
  override readonly kind = 'version-not-found';

  /** @param version null for the last one before the deletion of the product */
  constructor(version: number | null) {
    const sought = version === null ? 'the last version' : `version ${version}`;
    super(`The history does not have the values of ${sought} of this product`);
  }
}

/** A request to restore an existing product that does not say which version. */
export class VersionRequiredError extends DomainError {
  override readonly name = 'VersionRequiredError';
  override readonly kind = 'validation-error';
  override readonly errors: readonly FieldError[] = [
    { field: 'version', message: 'Field required, because the product exists' },
  ];

  constructor() {
    super('Validation error');
  }
}
