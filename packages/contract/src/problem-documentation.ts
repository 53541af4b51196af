import { z } from 'zod';
import {
  type ProblemKind,
  problemSchema,
  problems,
  problemType,
  validationProblemSchema,
} from './problem.js';
import { documented } from './schema-metadata.js';

/** How the OpenAPI document describes a kind of problem. */
interface ProblemDocumentation {
  /** The name of its schema. */
  readonly schema: string;
  /** When the service sends it. */
  readonly description: string;
  /** An example of its detail. */
  readonly detail: string;
}

/** Every kind of problem except those of requests that are not a documented operation. */
type OperationProblemKind = Exclude<ProblemKind, 'route-not-found' | 'method-not-allowed'>;

const documentations: Readonly<Record<OperationProblemKind, ProblemDocumentation>> = {
  'validation-error': {
    schema: 'ValidationProblem',
    description: 'The request is invalid. `errors` lists every fault.',
    detail: 'Validation error',
  },
  'product-not-found': {
    schema: 'ProductNotFoundProblem',
    description: 'No product has this id.',
    detail: 'Product not found',
  },
  'request-timeout': {
    schema: 'RequestTimeoutProblem',
    description: 'The request took too long to arrive.',
    detail: 'The request took too long to arrive',
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
      'The body is not uncompressed JSON in UTF-8, in a media type that the operation takes.',
    detail: 'Content-Type should be application/json',
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

/** Returns the problem documents of each error status that an operation can have. */
export function documentedProblems(): ReadonlyMap<number, DocumentedProblem> {
  const kinds = Object.keys(documentations) as OperationProblemKind[];
  return new Map(
    kinds.map((kind) => [
      problems[kind].status,
      { description: documentations[kind].description, schema: exactSchema(kind) },
    ]),
  );
}

function exactSchema(kind: OperationProblemKind): z.ZodTypeAny {
  const { status, title } = problems[kind];
  const { schema: name, detail } = documentations[kind];
  const general = status === 400 ? validationProblemSchema : problemSchema;
  const exact = general.extend({
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
