import { DomainError } from '../errors.js';
/** The product does not exist. */
export class ProductNotFoundError extends DomainError {
    name = 'ProductNotFoundError';
    kind = 'product-not-found';
    cacheResult;
    /** @param cacheResult what the cache did for the request, if it was read */
    constructor(cacheResult) {
        super('Product not found');
        this.cacheResult = cacheResult;
    }
}
/** A conditional change kept losing to other changes between its check and its write. */
export class ContentionError extends DomainError {
    name = 'ContentionError';
    kind = 'service-unavailable';
    constructor() {
        super('The product keeps changing; try again soon');
    }
}
/** The text is not a cursor of a list with this sort. */
export class InvalidCursorError extends DomainError {
    name = 'InvalidCursorError';
    kind = 'validation-error';
    errors;
    constructor(sort) {
        super('Validation error');
        this.errors = [
            { field: 'cursor', message: `Input should be a cursor of a list sorted by ${sort}` },
        ];
    }
}
/** The search has more words than a search can have. */
export class TooManyWordsError extends DomainError {
    name = 'TooManyWordsError';
    kind = 'validation-error';
    errors;
    constructor(words, limit) {
        super('Validation error');
        this.errors = [
            { field: 'q', message: `Input should have at most ${limit} words, and has ${words}` },
        ];
    }
}
//# sourceMappingURL=product-errors.js.map