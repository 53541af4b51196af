import { z } from 'zod';
import { bodyErrors } from './product.js';
import { documented } from './schema-metadata.js';
import { scopeSchema, scopes } from './scopes.js';
import { bounded, text } from './text.js';

/** The maximum number of keys of a service. Every process holds all of them in memory. */
export const MAX_API_KEYS = 1000;

/** The maximum number of seconds that a rotated key stays valid: 30 days. */
export const MAX_OVERLAP_SECONDS = 2_592_000;

const id = documented(z.string(), {
  description: 'Identifies the key in lists, logs and metrics. It is no secret.',
  example: 'k7Qm2xVd9TzR',
});

const name = documented(
  bounded(text().trim(), 100).refine(
    (value) => value !== '',
    'Value error, Key name must not be empty',
  ),
  {
    description: 'Who or what uses the key, for people.',
    minLength: 1,
    maxLength: 100,
    pattern: '\\S',
    example: 'checkout',
  },
);

const scopeList = documented(
  z
    .array(scopeSchema, {
      required_error: 'Field required',
      invalid_type_error: 'Input should be a valid list',
    })
    .min(1, 'List should have at least 1 scope')
    .max(scopes.length, `List should have at most ${scopes.length} scopes`),
  { description: 'What the key allows.', minItems: 1, example: ['products:read'] },
);

const time = () =>
  z
    .string()
    .datetime({ message: 'Input should be a time such as 2027-01-31T00:00:00Z (RFC 3339, UTC)' });

const expiresAt = documented(time().nullable(), {
  description: 'From when on the key is refused (RFC 3339, UTC); null for never.',
  format: 'date-time',
  example: '2027-01-31T00:00:00.000Z',
});

const fields = {
  id,
  name,
  scopes: scopeList,
  created_at: documented(time(), {
    description: 'When the key was made (RFC 3339, UTC).',
    format: 'date-time',
    example: '2026-11-29T12:00:00.000Z',
  }),
  expires_at: expiresAt,
};

/** A key without its secret. */
export const apiKeySchema = documented(z.object(fields), { title: 'ApiKey' });

/** The body of a request for a new key. */
export const createApiKeySchema = documented(
  z.object(
    {
      name,
      scopes: scopeList,
      expires_at: documented(expiresAt.optional(), {
        description:
          'From when on the key is refused: a time in the future (RFC 3339, UTC). Default: null, for never.',
        format: 'date-time',
        example: '2027-01-31T00:00:00.000Z',
      }),
    },
    bodyErrors,
  ),
  { title: 'CreateApiKey' },
);

/** A new key with its secret. */
export const createdApiKeySchema = documented(
  z.object({
    ...fields,
    key: documented(z.string(), {
      description:
        'The key itself, for the header `Authorization: Bearer …`. It is in this response only: the service keeps no more than its SHA-256.',
      example: 'pk_k7Qm2xVd9TzR_…',
    }),
  }),
  { title: 'CreatedApiKey' },
);

/** The body of a request to replace a key. */
export const rotateApiKeySchema = documented(
  z.object(
    {
      overlap_seconds: documented(
        z
          .number({ invalid_type_error: 'Input should be a valid integer' })
          .int('Input should be a valid integer')
          .min(0, 'Input should be greater than or equal to 0')
          .max(MAX_OVERLAP_SECONDS, `Input should be less than or equal to ${MAX_OVERLAP_SECONDS}`)
          .default(0),
        {
          description:
            'Seconds that the old key stays valid, for its users to change over. Default: 0, the old key is revoked.',
          example: 3600,
        },
      ),
    },
    bodyErrors,
  ),
  { title: 'RotateApiKey' },
);

/** All keys, the newest first. */
export const apiKeyListSchema = documented(z.object({ items: z.array(apiKeySchema) }), {
  title: 'ApiKeyList',
});

/** The key of the request itself. The key that the service is configured with has no times. */
export const ownApiKeySchema = documented(
  z.object({ id, name, scopes: scopeList, expires_at: expiresAt }),
  { title: 'OwnApiKey' },
);

/** A key without its secret. */
export type ApiKey = z.output<typeof apiKeySchema>;

/** What a new key is for. */
export type CreateApiKey = z.output<typeof createApiKeySchema>;

/** A new key with its secret. */
export type CreatedApiKey = z.output<typeof createdApiKeySchema>;

/** How a key is replaced. */
export type RotateApiKey = z.output<typeof rotateApiKeySchema>;

/** All keys. */
export type ApiKeyList = z.output<typeof apiKeyListSchema>;

/** The key of a request itself. */
export type OwnApiKey = z.output<typeof ownApiKeySchema>;
