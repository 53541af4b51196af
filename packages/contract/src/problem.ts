import { z } from 'zod';
import { documented } from './schema-metadata.js';
import { scopes } from './scopes.js';

/** The kinds of problem that the service reports, each with its status and its fixed title. */
export const problems = {
  'validation-error': { status: 400, title: 'Validation error' },
  'idempotency-key-missing': { status: 400, title: 'Idempotency key missing' },
  unauthorized: { status: 401, title: 'Unauthorized' },
  'insufficient-scope': { status: 403, title: 'Insufficient scope' },
  'product-not-found': { status: 404, title: 'Product not found' },
  'api-key-not-found': { status: 404, title: 'API key not found' },
  'version-not-found': { status: 404, title: 'Version not found' },
  'route-not-found': { status: 404, title: 'Route not found' },
  'method-not-allowed': { status: 405, title: 'Method not allowed' },
  'request-timeout': { status: 408, title: 'Request timeout' },
  'insufficient-stock': { status: 409, title: 'Insufficient stock' },
  'stock-changed': { status: 409, title: 'Stock changed' },
  'stock-overflow': { status: 409, title: 'Stock overflow' },
  'api-key-limit-reached': { status: 409, title: 'API key limit reached' },
  'changes-expired': { status: 410, title: 'Changes expired' },
  'precondition-failed': { status: 412, title: 'Precondition failed' },
  'content-too-large': { status: 413, title: 'Content too large' },
  'unsupported-media-type': { status: 415, title: 'Unsupported media type' },
  'idempotency-key-reused': { status: 422, title: 'Idempotency key reused' },
  'quota-exceeded': { status: 429, title: 'Quota exceeded' },
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
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
};

const requestId = documented(z.string(), {
  description: 'Identifies the request in the service’s log; also in the `X-Request-Id` header.',
  example: '0b9c6f3e-5a0d-4a57-8f5e-2f6f1f0f9d11',
});

/**
 * A problem document (RFC 9457) of any kind, also of a kind that a later version of the service
 * adds. The OpenAPI document narrows it for each status.
 */
export const problemSchema = z.object({ ...commonFields, request_id: requestId });

/** A problem document that lists every fault of the request. */
export const validationProblemSchema = z.object({
  ...commonFields,
  errors: documented(z.array(fieldErrorSchema), {
    description: 'Every fault of the request.',
    minItems: 1,
  }),
  request_id: requestId,
});

/** The problem document of a request whose key does not allow it. */
export const forbiddenProblemSchema = problemSchema.extend({
  required_scope: documented(z.enum(scopes), {
    description: 'The scope that the key needs.',
    example: 'products:write',
  }),
});

/** The problem document of a request above a rate limit. */
export const quotaProblemSchema = problemSchema.extend({
  'violated-policies': documented(z.array(z.string()), {
    description: 'The names of the exceeded policies, as in the header `RateLimit-Policy`.',
    minItems: 1,
    example: ['read'],
  }),
});

/** A problem document. */
export type Problem = z.output<typeof problemSchema>;

/** A problem document with the faults of the request. */
export type ValidationProblem = z.output<typeof validationProblemSchema>;

/** The error responses of every route. */
export const commonProblems = {
  400: validationProblemSchema,
  408: problemSchema,
  431: problemSchema,
  500: problemSchema,
} as const;

/** The error response of every route that needs the database. */
export const unavailableProblem = { 503: problemSchema } as const;

/** The error responses of every route that can require a key and limit the rate of requests. */
export const guardProblems = { 401: problemSchema, 429: quotaProblemSchema } as const;

/** The error response of every route that can require a scope. */
export const forbiddenProblem = { 403: forbiddenProblemSchema } as const;

/** The error responses of every route that can require a scope and needs the database. */
export const scopedRouteProblems = {
  ...commonProblems,
  ...guardProblems,
  ...forbiddenProblem,
  ...unavailableProblem,
} as const;
