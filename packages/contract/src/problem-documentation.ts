import { z } from 'zod';
import { changesExpiredProblemSchema } from './change.js';
import {
  forbiddenProblemSchema,
  type ProblemKind,
  problemSchema,
  problems,
  problemType,
  quotaProblemSchema,
  validationProblemSchema,
} from './problem.js';
import { documented } from './schema-metadata.js';
import {
  insufficientStockProblemSchema,
  productNotFoundProblemSchema,
  refusedProductProblemSchema,
} from './stock-problem.js';

/** How the OpenAPI document describes a kind of problem. */
interface ProblemDocumentation {
  /** The name of its schema. */
  readonly schema: string;
  /** When the service sends it. */
  readonly description: string;
  /** An example of its detail. */
  readonly detail: string;
  /** The fields of the document. Default: those that every problem document has. */
  readonly form?: z.AnyZodObject;
}

/** Every kind of problem except those of requests that are not a documented operation. */
type OperationProblemKind = Exclude<ProblemKind, 'route-not-found' | 'method-not-allowed'>;

/** The kinds of problems that only those operations have which name them. */
const furtherKinds = [
  'idempotency-key-missing',
  'product-not-found',
  'version-not-found',
  'changes-expired',
  'api-key-not-found',
  'insufficient-stock',
  'stock-changed',
  'stock-overflow',
  'api-key-limit-reached',
] as const satisfies readonly OperationProblemKind[];

/** A kind of problem that only those operations have which name it. */
export type FurtherProblemKind = (typeof furtherKinds)[number];

const documentations: Readonly<Record<OperationProblemKind, ProblemDocumentation>> = {
  'validation-error': {
    schema: 'ValidationProblem',
    description: 'The request is invalid. `errors` lists every fault.',
    detail: 'Validation error',
    form: validationProblemSchema,
  },
  'idempotency-key-missing': {
    schema: 'IdempotencyKeyMissingProblem',
    description: 'A service that is set so requires an `Idempotency-Key` here.',
    detail:
      'This service requires an Idempotency-Key here, so that a retry cannot repeat the write',
    form: validationProblemSchema,
  },
  unauthorized: {
    schema: 'UnauthorizedProblem',
    description: 'A valid API key is needed: none was sent, or it is unknown, revoked or expired.',
    detail: 'A valid API key is needed',
  },
  'insufficient-scope': {
    schema: 'InsufficientScopeProblem',
    description: 'The API key does not have the scope in `required_scope`.',
    detail: 'The API key does not have the scope products:write',
    form: forbiddenProblemSchema,
  },
  'api-key-not-found': {
    schema: 'ApiKeyNotFoundProblem',
    description: 'No key has this id.',
    detail: 'API key not found',
  },
  'product-not-found': {
    schema: 'ProductNotFoundProblem',
    description: 'No product has this id.',
    detail: 'Product not found',
    form: productNotFoundProblemSchema,
  },
  'version-not-found': {
    schema: 'VersionNotFoundProblem',
    description: 'The history of the product does not have this version, or no longer its values.',
    detail: 'The history does not have the values of version 2 of this product',
  },
  'changes-expired': {
    schema: 'ChangesExpiredProblem',
    description:
      'The feed cannot go on from this cursor: the service no longer keeps the changes behind it, or it belongs to another database, or to a state of this one that a backup has replaced. Read all products again, then follow the changes from there.',
    detail: 'The changes after this cursor are no longer kept',
    form: changesExpiredProblemSchema,
  },
  'request-timeout': {
    schema: 'RequestTimeoutProblem',
    description: 'The request took too long to arrive.',
    detail: 'The request took too long to arrive',
  },
  'insufficient-stock': {
    schema: 'InsufficientStockProblem',
    description: 'The adjustment would take more pieces than there are. `shortages` lists all.',
    detail: 'There are not enough pieces in stock',
    form: insufficientStockProblemSchema,
  },
  'stock-changed': {
    schema: 'StockChangedProblem',
    description: 'The quantity in stock is not the expected one.',
    detail: 'The quantity in stock is 98, not the expected 100',
    form: refusedProductProblemSchema,
  },
  'stock-overflow': {
    schema: 'StockOverflowProblem',
    description: 'The adjustment would lead above the highest quantity, 2^53 − 1.',
    detail: 'The quantity in stock would exceed 9007199254740991',
    form: refusedProductProblemSchema,
  },
  'api-key-limit-reached': {
    schema: 'ApiKeyLimitReachedProblem',
    description: 'The service has as many keys as it can: revoke one first.',
    detail: 'There are already 1000 API keys: revoke one first',
  },
  'precondition-failed': {
    schema: 'PreconditionFailedProblem',
    description: 'A condition of `If-Match` or `If-None-Match` does not hold.',
    detail: 'The product has changed since it was read',
  },
  'content-too-large': {
    schema: 'ContentTooLargeProblem',
    description: 'The body is larger than the service takes: 1 MiB, unless it is set otherwise.',
    detail: 'The body is larger than the 1048576 bytes that this service takes',
  },
  'unsupported-media-type': {
    schema: 'UnsupportedMediaTypeProblem',
    description:
      'The body has a media type, a charset or an encoding that the operation does not take.',
    detail: 'Content-Type should be application/json',
  },
  'idempotency-key-reused': {
    schema: 'IdempotencyKeyReusedProblem',
    description: 'The `Idempotency-Key` belongs to another request: send this one with a new key.',
    detail: 'The Idempotency-Key was used for another request; send this one with a new key',
  },
  'quota-exceeded': {
    schema: 'QuotaExceededProblem',
    description: 'The key or the address has sent too many requests.',
    detail: 'Too many requests: try again in 2 seconds',
    form: quotaProblemSchema,
  },
  'header-fields-too-large': {
    schema: 'HeaderFieldsTooLargeProblem',
    description: 'The headers are larger than the service takes.',
    detail: 'The headers are larger than this service takes',
  },
  'internal-error': {
    schema: 'InternalErrorProblem',
    description: 'A fault of the service; its log has the cause, with the request’s id.',
    detail: 'Internal server error',
  },
  'service-unavailable': {
    schema: 'ServiceUnavailableProblem',
    description: 'The service is busy, is stopping, or cannot use its database.',
    detail: 'The service is busy; try again soon',
  },
};

/** The problem documents of an error status. */
export interface DocumentedProblem {
  readonly description: string;
  /** The schema of exactly these problem documents, with an example in each field. */
  readonly schema: z.ZodTypeAny;
}

/**
 * Returns the problem documents of each error status that an operation can have.
 *
 * @param further the kinds that the operation has beyond those of all operations
 */
export function documentedProblems(
  further: readonly FurtherProblemKind[] = [],
): ReadonlyMap<number, DocumentedProblem> {
  const others: readonly ProblemKind[] = furtherKinds.filter((kind) => !further.includes(kind));
  // The keys of the object are its kinds.
  const kinds = (Object.keys(documentations) as OperationProblemKind[]).filter(
    (kind) => !others.includes(kind),
  );
  const statuses = new Set(kinds.map((kind) => problems[kind].status));
  return new Map(
    Array.from(statuses, (status) => [
      status,
      documentedProblem(kinds.filter((kind) => problems[kind].status === status)),
    ]),
  );
}

function documentedProblem(kinds: readonly OperationProblemKind[]): DocumentedProblem {
  const [first, second, ...others] = kinds.map(exactSchema);
  const description = kinds.map((kind) => documentations[kind].description).join(' ');
  if (first === undefined) {
    throw new TypeError('Expected at least one kind of problem');
  }
  return { description, schema: second ? z.union([first, second, ...others]) : first };
}

function exactSchema(kind: OperationProblemKind): z.ZodTypeAny {
  const { status, title } = problems[kind];
  const { schema: name, detail, form = problemSchema } = documentations[kind];
  const exact = form.extend({
    type: documented(z.literal(problemType(kind)), {
      description: 'Identifies the kind of problem: an identifier to compare, not an address.',
    }),
    title: documented(z.string(), { example: title }),
    status: documented(z.literal(status), { type: 'integer' }),
    detail: documented(z.string(), {
      description: 'A description of this occurrence, for people.',
      example: detail,
    }),
  });
  return documented(exact, { title: name });
}
