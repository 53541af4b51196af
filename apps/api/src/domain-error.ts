import type { FieldError, ProblemKind } from '@product-api/contract';

/**
 * An error that is part of the interface: it knows the kind of its problem and nothing of HTTP, and
 * its message may be shown to clients. `http/problems` knows the status and the headers.
 */
export abstract class DomainError extends Error {
  abstract readonly kind: ProblemKind;
  /** The faults of the request. */
  readonly errors?: readonly FieldError[];
  /** What the cache contributed, if it was asked. */
  readonly cacheResult?: 'hit' | 'miss' | 'bypass' | undefined;
}
