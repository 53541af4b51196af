/** A response header, as OpenAPI 3.0 describes it. */
interface ResponseHeader {
  readonly description: string;
  /** Whether each response that lists the header has it. */
  readonly required: boolean;
  readonly schema: {
    readonly type: 'string' | 'integer';
    readonly minimum?: number;
    readonly enum?: readonly string[];
    readonly example?: string | number;
  };
}

/** The response headers that clients can use. */
export const responseHeaders = {
  'X-Request-Id': {
    description:
      'Identifies the request in the service’s log: the request’s own `X-Request-Id` if that has 1 to 64 letters, digits, `.`, `_` or `-`; else a new UUID.',
    required: true,
    schema: { type: 'string', example: '0b9c6f3e-5a0d-4a57-8f5e-2f6f1f0f9d11' },
  },
  ETag: {
    description:
      'A strong entity tag of the body (RFC 9110 §8.8.3), for If-None-Match and If-Match.',
    required: true,
    schema: { type: 'string', example: '"q5cSsf-DTZ_ERa80QCmBprEN628"' },
  },
  Location: {
    description:
      'The address of the new product, relative to the address of the request (RFC 9110 §10.2.2).',
    required: true,
    schema: { type: 'string', example: 'products/3f2b8c1e-7d54-4f0a-9b6e-1c2d3e4f5a6b' },
  },
  'X-Cache': {
    description:
      'HIT: from the cache. MISS: from the database. BYPASS: from the database, because Redis cannot be used. Absent if the id is not a UUID version 4.',
    required: false,
    schema: { type: 'string', enum: ['HIT', 'MISS', 'BYPASS'] },
  },
  'X-Search': {
    description:
      'partial: the search matches too many products to compare them all, so that the list ends with the most relevant of a bounded number of them, the newest if possible. Any other `sort` lists all.',
    required: false,
    schema: { type: 'string', enum: ['partial'] },
  },
  'Retry-After': {
    description: 'Seconds to wait before the next attempt.',
    required: true,
    schema: { type: 'integer', minimum: 1, example: 1 },
  },
  Accept: {
    description: 'The media type that the service takes (RFC 9110 §15.5.16).',
    required: true,
    schema: { type: 'string', enum: ['application/json'] },
  },
  'Preference-Applied': {
    description: 'The preference that the service followed (RFC 7240 §3).',
    required: false,
    schema: { type: 'string', enum: ['handling=strict'] },
  },
} as const satisfies Record<string, ResponseHeader>;

/** The name of a response header that clients can use. */
export type ResponseHeaderName = keyof typeof responseHeaders;
