import { z } from 'zod';
import { documented } from './schema-metadata.js';

/** The kinds of problem that the service reports, each with its status and its fixed title. */
export const problems = {
  'validation-error': { status: 400, title: 'Validation error' },
  'product-not-found': { status: 404, title: 'Product not found' },
  'route-not-found': { status: 404, title: 'Route not found' },
  'method-not-allowed': { status: 405, title: 'Method not allowed' },
  'request-timeout': { status: 408, title: 'Request timeout' },
  'precondition-failed': { status: 412, title: 'Precondition failed' },
  'content-too-large': { status: 413, title: 'Content too large' },
  'unsupported-media-type': { status: 415, title: 'Unsupported media type' },
  'header-fields-too-large': { status: 431, title: 'Request header fields too large' },
  'internal-error': { status: 500, title: 'Internal server error' },
  'service-unavailable': { status: 503, title: 'Service unavailable' },
} as const;

/** The name of a kind of problem. */
export type ProblemKind = keyof typeof problems;

/** Returns the `type` of a problem document: an identifier to compare, not an address to open. */
export function problemType<Kind extends ProblemKind>(kind: Kind) {
  return `urn:product-api:problem:${kind}` as const;
}

/** One fault of a request: the field, and what is wrong with it. */
export const fieldErrorSchema = documented(
  z.object({
    field: documented(z.string(), {
      description:
        'The path of the field, or the name of the query parameter or header; `body` if the body as a whole is invalid.',
      example: 'price',
    }),
    message: documented(z.string(), { example: 'Value error, Price must be greater than zero' }),
  }),
  { title: 'FieldError' },
);

/** One fault of a request. */
export type FieldError = z.output<typeof fieldErrorSchema>;

const commonFields = {
  type: documented(z.string(), {
    description: 'Identifies the kind of problem.',
    example: problemType('product-not-found'),
  }),
  title: documented(z.string(), { example: problems['product-not-found'].title }),
  status: documented(z.number().int(), { example: 404 }),
  detail: documented(z.string(), {
    description: 'A description of this occurrence, for people.',
    example: 'Product not found',
  }),
};

const requestId = documented(z.string(), {
  description: 'Identifies the request in the service’s log; also in the `X-Request-Id` header.',
  example: '0b9c6f3e-5a0d-4a57-8f5e-2f6f1f0f9d11',
});

/** A problem document (RFC 9457). */
export const problemSchema = documented(z.object({ ...commonFields, request_id: requestId }), {
  title: 'Problem',
});

/** A problem document that lists every fault of the request. */
export const validationProblemSchema = documented(
  z.object({ ...commonFields, errors: z.array(fieldErrorSchema), request_id: requestId }),
  {
    title: 'ValidationProblem',
    example: {
      type: problemType('validation-error'),
      title: problems['validation-error'].title,
      status: 400,
      detail: 'Validation error',
      errors: [{ field: 'price', message: 'Value error, Price must be greater than zero' }],
      request_id: '0b9c6f3e-5a0d-4a57-8f5e-2f6f1f0f9d11',
    },
  },
);

/** A problem document. */
export type Problem = z.output<typeof problemSchema>;

/** A problem document with the faults of the request. */
export type ValidationProblem = z.output<typeof validationProblemSchema>;

/**
 * The error responses of every route, caused by the HTTP parser, the path or a failed dependency.
 */
export const commonProblems = {
  400: validationProblemSchema,
  408: problemSchema,
  431: problemSchema,
  500: problemSchema,
  503: problemSchema,
} as const;
