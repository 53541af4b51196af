import type { FieldError, ProductSort } from '@product-api/contract';
import { DomainError } from '../errors.js';

/** There is no product with that id. */
export class ProductNotFoundError extends DomainError {
  override readonly name = 'ProductNotFoundError';
  override readonly kind = 'product-not-found';
  override readonly cacheResult: 'hit' | 'miss' | 'bypass' | undefined;

  /** @param cacheResult what the cache contributed, if it was asked. */
  constructor(cacheResult?: 'hit' | 'miss' | 'bypass') {
    super('Product not found');
    this.cacheResult = cacheResult;
  }
}

/** Other changes of a product came between the check and the write of a conditional one, every time. */
export class ContentionError extends DomainError {
  override readonly name = 'ContentionError';
  override readonly kind = 'service-unavailable';

  constructor() {
    super('Others change the product all the time; try again soon');
  }
}

/** A cursor does not come from a list in this order. */
export class InvalidCursorError extends DomainError {
  override readonly name = 'InvalidCursorError';
  override readonly kind = 'validation-error';
  override readonly errors: readonly FieldError[];

  constructor(sort: ProductSort) {
    super('Validation error');
    this.errors = [
      { field: 'cursor', message: `Input should be a cursor of a list sorted by ${sort}` },
    ];
  }
}
