import type { FieldError, ListProductsQuery } from '@product-api/contract';
import { DomainError } from '../errors.js';

/** The product does not exist. */
export class ProductNotFoundError extends DomainError {
  override readonly name = 'ProductNotFoundError';
  override readonly kind = 'product-not-found';
  override readonly cacheResult: 'hit' | 'miss' | 'bypass' | undefined;

  /** @param cacheResult what the cache did for the request, if it was read */
  constructor(cacheResult?: 'hit' | 'miss' | 'bypass') {
    super('Product not found');
    this.cacheResult = cacheResult;
  }
}

/** A conditional change kept losing to other changes between its check and its write. */
export class ContentionError extends DomainError {
  override readonly name = 'ContentionError';
  override readonly kind = 'service-unavailable';

  constructor() {
    super('The product keeps changing; try again soon');
  }
}

/** The text is not a cursor of a list with this sort. */
export class InvalidCursorError extends DomainError {
  override readonly name = 'InvalidCursorError';
  override readonly kind = 'validation-error';
  override readonly errors: readonly FieldError[];

  constructor(sort: ListProductsQuery['sort']) {
    super('Validation error');
    this.errors = [
      { field: 'cursor', message: `Input should be a cursor of a list sorted by ${sort}` },
    ];
  }
}

/** The search has more words than a search can have. */
export class TooManyWordsError extends DomainError {
  override readonly name = 'TooManyWordsError';
  override readonly kind = 'validation-error';
  override readonly errors: readonly FieldError[];

  constructor(words: number, limit: number) {
    super('Validation error');
    this.errors = [
      { field: 'q', message: `Input should have at most ${limit} words, and has ${words}` },
    ];
  }
}
