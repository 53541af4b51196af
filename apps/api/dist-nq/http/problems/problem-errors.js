import { problems } from '@product-api/contract';
/**
 * An error with a problem document as its response. The error's message is the document's `detail`.
 */
export class ProblemError extends Error {
    name = 'ProblemError';
    kind;
    errors;
    extensions;
    headers;
    constructor(kind, detail, options = {}) {
        super(detail, options);
        this.kind = kind;
        this.errors = options.errors;
        this.extensions = options.extensions;
        this.headers = options.headers;
    }
    /** The HTTP status of the response. */
    get status() {
        return problems[this.kind].status;
    }
}
/** A request that breaks the contract (400). The response lists every fault. */
export class ValidationError extends ProblemError {
    name = 'ValidationError';
    constructor(errors, options) {
        super('validation-error', 'Validation error', { ...options, errors });
    }
}
/** A conditional request whose condition does not hold (412). The detail names the condition. */
export class PreconditionFailedError extends ProblemError {
    name = 'PreconditionFailedError';
    constructor(detail) {
        super('precondition-failed', detail);
    }
}
/** Seconds until a client may retry. Clients add the jitter. */
const RETRY_AFTER_SECONDS = '1';
/**
 * A request that was not begun, because the work in progress fills the memory set aside for it
 * (503).
 */
export class OverloadError extends ProblemError {
    name = 'OverloadError';
    constructor() {
        super('service-unavailable', 'The service is busy; try again soon', {
            headers: { 'Retry-After': RETRY_AFTER_SECONDS },
        });
    }
}
//# sourceMappingURL=problem-errors.js.map