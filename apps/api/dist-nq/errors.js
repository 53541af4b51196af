/**
 * An error that the API documents. It names its problem kind and knows nothing of HTTP:
 * `http/problems` adds the status and the headers. Its message is shown to clients.
 */
export class DomainError extends Error {
    /** The faulty fields of the request, if any. */
    errors;
    /** Further fields of the problem document, by name. */
    extensions;
    /** What the cache did for the request, if it was read. */
    cacheResult;
    /** Whether the log already says why such requests fail, so that no line for each is needed. */
    isLogged;
}
/**
 * An error that keeps the service from starting and that the operator can repair. Its message says
 * what is wrong and how to repair it; it is shown without a stack.
 */
export class StartError extends Error {
}
//# sourceMappingURL=errors.js.map