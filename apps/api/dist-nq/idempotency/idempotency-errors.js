import { DomainError } from '../errors.js';
/** The key of a write belongs to a request that asked for something else. */
export class IdempotencyKeyReusedError extends DomainError {
    name = 'IdempotencyKeyReusedError';
    kind = 'idempotency-key-reused';
    constructor() {
        super('The Idempotency-Key was used for another request; send this one with a new key');
    }
}
/** A write has no key, and the service requires one. */
export class IdempotencyKeyMissingError extends DomainError {
    name = 'IdempotencyKeyMissingError';
    kind = 'idempotency-key-missing';
    errors = [
        { field: 'idempotency-key', message: 'Field required' },
    ];
    constructor() {
        super('This service requires an Idempotency-Key here, so that a retry cannot repeat the write');
    }
}
//# sourceMappingURL=idempotency-errors.js.map