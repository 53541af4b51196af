import { DomainError } from '../../errors.js';

/** Another request with the same key goes on with the import. */
export class ImportTakenOverError extends DomainError {
  override readonly name = 'ImportTakenOverError';
  override readonly kind = 'service-unavailable';
  override readonly isLogged = true;

  constructor() {
    super('Another request with this Idempotency-Key goes on with the import; try again soon');
  }
}

/** A file has more lines than one transaction may have. */
export class TooManyLinesError extends DomainError {
  override readonly name = 'TooManyLinesError';
  override readonly kind = 'content-too-large';

  constructor(lines: number, characters: number) {
    super(
      `With on_error=reject_all a file has at most ${lines} lines and ${characters} characters; check a longer one with dry_run=true, and then import it`,
    );
  }
}
