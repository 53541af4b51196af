import { type FieldError, type ProblemKind, problems } from '@product-api/contract';

/** What a problem says beyond its kind and detail. */
export interface ProblemOptions extends ErrorOptions {
  /** The faults of the request; a validation error always has some. */
  readonly errors?: readonly FieldError[];
  /** Headers of the answer, `Allow` or `Retry-After` for instance. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** An error that is answered with a problem document; its message is the document's `detail`. */
export class ProblemError extends Error {
  override readonly name: string = 'ProblemError';
  readonly kind: ProblemKind;
  readonly errors: readonly FieldError[] | undefined;
  readonly headers: Readonly<Record<string, string>> | undefined;

  constructor(kind: ProblemKind, detail: string, options: ProblemOptions = {}) {
    super(detail, options);
    this.kind = kind;
    this.errors = options.errors;
    this.headers = options.headers;
  }

  /** The HTTP status of the response. */
  get status(): number {
    return problems[this.kind].status;
  }
}
