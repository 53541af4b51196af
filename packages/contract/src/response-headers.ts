import { patchMediaTypes } from './patch-media-types.js';
import { importMediaTypes } from './transfer-media-types.js';

/** A response header, as OpenAPI 3.0 describes it. */
export interface ResponseHeader {
  /** The name of the header, if operations differ in its values. Default: the key. */
  readonly header?: string;
  readonly description: string;
  /** Whether each response that lists the header has it. */
  readonly required: boolean;
  readonly schema: {
    readonly type: 'string' | 'integer';
    readonly minimum?: number;
    readonly enum?: readonly string[];
    readonly pattern?: string;
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
      'partial: too many products match the search, or have its words, to compare them all, so that the list ends with the most relevant of a bounded number of them, the newest if possible. Any other `sort` lists all.',
    required: false,
    schema: { type: 'string', enum: ['partial'] },
  },
  'X-Cache-Batch': {
    header: 'X-Cache',
    description:
      'How many ids were served from where, as in `HIT 198, MISS 2`. HIT: from the cache. MISS: from the database. BYPASS: from the database, because Redis cannot be used. Ids of no product count too; text that is not a UUID version 4 does not. Absent if no id is one.',
    required: false,
    schema: {
      type: 'string',
      pattern: '^(HIT|MISS|BYPASS) \\d+(, (MISS|BYPASS) \\d+)*$',
      example: 'HIT 198, MISS 2',
    },
  },
  Link: {
    description:
      'The address of the next page, relative to the address of the request, with the relation `next` (RFC 8288). Absent on the last page.',
    required: false,
    schema: {
      type: 'string',
      example: '<?limit=20&cursor=WyJjcmVhdGVkIiwxXQ>; rel="next"',
    },
  },
  'Retry-After': {
    description: 'Seconds to wait before the next attempt.',
    required: true,
    schema: { type: 'integer', minimum: 1, example: 1 },
  },
  'WWW-Authenticate': {
    description: 'How to send a key (RFC 6750 §3).',
    required: true,
    schema: { type: 'string', example: 'Bearer realm="product-api"' },
  },
  'RateLimit-Policy': {
    description:
      'The exceeded policies: `q` is the quota, `w` its window in seconds (draft-ietf-httpapi-ratelimit-headers-10).',
    required: true,
    schema: { type: 'string', example: '"read";q=1000;w=60' },
  },
  RateLimit: {
    description:
      'What is left of the exceeded policies: `r` is the rest of the quota, `t` the seconds until more is available (draft-ietf-httpapi-ratelimit-headers-10).',
    required: true,
    schema: { type: 'string', example: '"read";r=0;t=2' },
  },
  'RateLimit-Policy-Near': {
    header: 'RateLimit-Policy',
    description: 'The policy that has less than a tenth of its burst left, if there is one.',
    required: false,
    schema: { type: 'string', example: '"read";q=1000;w=60' },
  },
  'RateLimit-Near': {
    header: 'RateLimit',
    description:
      'What is left of a policy that has less than a tenth of its burst left; absent while there is more.',
    required: false,
    schema: { type: 'string', example: '"read";r=42;t=1' },
  },
  Accept: {
    description: 'The media type that every operation takes (RFC 9110 §15.5.16).',
    required: true,
    schema: { type: 'string', enum: ['application/json'] },
  },
  'Accept-Import': {
    header: 'Accept',
    description: 'The media types that an import takes (RFC 9110 §15.5.16).',
    required: true,
    schema: { type: 'string', enum: [Object.keys(importMediaTypes).join(', ')] },
  },
  'Content-Disposition': {
    description: 'Suggests a name for the file (RFC 6266).',
    required: true,
    schema: { type: 'string', example: 'attachment; filename="products.ndjson"' },
  },
  'Changes-Cursor': {
    description:
      'The place in the feed of changes before the first product was read, for the `after` of `GET /changes`: export and later changes together miss nothing. If an export goes on with `after`, use the cursor of the first response.',
    required: true,
    schema: { type: 'string', example: 'AbCdEfGh' },
  },
  'Accept-Patch': {
    description: 'The media types in which PATCH takes changes (RFC 5789 §3.1).',
    required: true,
    schema: { type: 'string', enum: [patchMediaTypes.join(', ')] },
  },
  'Idempotent-Replayed': {
    description:
      'The response is that of an earlier request with the same `Idempotency-Key`; this request changed nothing.',
    required: false,
    schema: { type: 'string', enum: ['true'] },
  },
  'Preference-Applied': {
    description: 'The preference that the service followed (RFC 7240 §3).',
    required: false,
    schema: { type: 'string', enum: ['handling=strict'] },
  },
} as const satisfies Record<string, ResponseHeader>;

/** The key of a response header that clients can use. */
export type ResponseHeaderName = keyof typeof responseHeaders;

/** Returns the name of a header as it is sent. */
export function sentName(key: ResponseHeaderName): string {
  const entry: ResponseHeader = responseHeaders[key];
  return entry.header ?? key;
}
