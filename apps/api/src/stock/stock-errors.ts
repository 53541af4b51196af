import type { FieldError } from '@product-api/contract';
import { DomainError } from '../errors.js';
import type { Refusal } from './adjustment-outcome.js';

/** A request about stock that was refused, and has changed nothing. */
export class StockRefusedError extends DomainError {
  override readonly name = 'StockRefusedError';
  override readonly kind: Refusal['kind'];
  override readonly extensions: Refusal['extensions'];

  constructor({ kind, detail, extensions }: Refusal) {
    super(detail);
    this.kind = kind;
    this.extensions = extensions;
  }
}

/** The text is not a cursor of a ledger. */
export class InvalidLedgerCursorError extends DomainError {
  override readonly name = 'InvalidLedgerCursorError';
  override readonly kind = 'validation-error';
  override readonly errors: readonly FieldError[] = [
    { field: 'cursor', message: 'Input should be the next_cursor of a page of the ledger' },
  ];

  constructor() {
    super('Validation error');
  }
}
