import { type FieldError, type ProblemKind, problems } from '@product-api/contract';

/** What a problem document says in addition to its kind and detail. */
export interface ProblemOptions extends ErrorOptions {
  /** The faulty fields of the request; a validation error has at least one. */
  readonly errors?: readonly FieldError[];
  /** Further fields of the problem document, by name. */
  readonly extensions?: Readonly<Record<string, unknown>>;
  /** Headers of the response, such as `Allow` or `Retry-After`. */
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * An error with a problem document as its response. The error's message is the document's `detail`.
 */
export class ProblemError extends Error {
  override readonly name: string = 'ProblemError';
  readonly kind: ProblemKind;
  readonly errors: readonly FieldError[] | undefined;
  readonly extensions: Readonly<Record<string, unknown>> | undefined;
  readonly headers: Readonly<Record<string, string>> | undefined;

  constructor(kind: ProblemKind, detail: string, options: ProblemOptions = {}) {
    super(detail, options);
    this.kind = kind;
    this.errors = options.errors;
    this.extensions = options.extensions;
    this.headers = options.headers;
  }

  /** The HTTP status of the response. */
  get status(): number {
    return problems[this.kind].status;
  }
}

/** A request that breaks the contract (400). The response lists every fault. */
export class ValidationError extends ProblemError {
  override readonly name = 'ValidationError';

  constructor(errors: readonly FieldError[], options?: ErrorOptions) {
    super('validation-error', 'Validation error', { ...options, errors });
  }
}

/** A conditional request whose condition does not hold (412). The detail names the condition. */
export class PreconditionFailedError extends ProblemError {
  override readonly name = 'PreconditionFailedError';

  constructor(detail: string) {
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
  override readonly name = 'OverloadError';

  constructor() {
    super('service-unavailable', 'The service is busy; try again soon', {
      headers: { 'Retry-After': RETRY_AFTER_SECONDS },
    });
  }
}
