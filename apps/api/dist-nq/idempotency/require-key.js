import { IdempotencyKeyMissingError } from './idempotency-errors.js';
/**
 * Middleware that refuses a write without an idempotency key, for routes whose writes must never be
 * repeated by accident.
 */
export const requireKey = (request, _response, next) => {
    if (request.headers['idempotency-key'] === undefined) {
        throw new IdempotencyKeyMissingError();
    }
    next();
};
//# sourceMappingURL=require-key.js.map