import type { FieldError } from '@product-api/contract';
import { DomainError } from '../errors.js';

/** The text is not a cursor of the feed of changes. */
export class InvalidChangesCursorError extends DomainError {
  override readonly name = 'InvalidChangesCursorError';
  override readonly kind = 'validation-error';
  override readonly errors: readonly FieldError[];

  /** @param field the field of the request that has the text */
  constructor(field: 'after' | 'last-event-id') {
    super('Validation error');
    this.errors = [{ field, message: 'Input should be a cursor of the feed of changes' }];
  }
}

/** The feed cannot go on from a cursor without leaving out changes. */
export class ChangesExpiredError extends DomainError {
  override readonly name = 'ChangesExpiredError';
  override readonly kind = 'changes-expired';
  override readonly extensions: Readonly<Record<'earliest_cursor', string>>;

  /**
   * @param reason why, as a sentence without its full stop
   * @param earliestCursor the cursor of the first change that can be read
   */
  constructor(reason: string, earliestCursor: string) {
    super(`${reason}: read all products again, by an export, and go on from its Changes-Cursor`);
    this.extensions = { earliest_cursor: earliestCursor };
  }
}
