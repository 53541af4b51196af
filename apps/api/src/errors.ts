import type { FieldError, ProblemKind } from '@product-api/contract';

/**
 * An error that the API documents. It names its problem kind and knows nothing of HTTP:
 * `http/problems` adds the status and the headers. Its message is shown to clients.
 */
export abstract class DomainError extends Error {
  abstract readonly kind: ProblemKind;
  /** The faulty fields of the request, if any. */
  readonly errors?: readonly FieldError[];
  /** Further fields of the problem document, by name. */
  readonly extensions?: Readonly<Record<string, unknown>>;
  /** What the cache did for the request, if it was read. */
  readonly cacheResult?: 'hit' | 'miss' | 'bypass' | undefined;
  /** Whether the log already says why such requests fail, so that no line for each is needed. */
  readonly isLogged?: boolean;
}

/**
 * An error that keeps the service from starting and that the operator can repair. Its message says
 * what is wrong and how to repair it; it is shown without a stack.
 */
export abstract class StartError extends Error {}
