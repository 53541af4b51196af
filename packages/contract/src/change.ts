import { z } from 'zod';
import { problemSchema } from './problem.js';
import { productSchema, toProductId } from './product.js';
import { pageLimit } from './product-list.js';
import { choice, fromDecimalText, wholeNumber } from './query-values.js';
import { documented } from './schema-metadata.js';

/** What a change did with its product. */
export const changeKinds = ['create', 'update', 'delete'] as const;

/** What a change did with its product. */
export type ChangeKind = (typeof changeKinds)[number];

/** The maximum `wait` of a request for changes, in seconds. */
export const MAX_CHANGES_WAIT_S = 30;

/** Returns the schema of the query parameter for a place in the feed. */
export function changesCursor() {
  return z
    .string({ invalid_type_error: 'Input should be a valid cursor' })
    .min(1, 'Input should be a valid cursor')
    .max(200, 'Input should be a valid cursor');
}

const selection = z.object({
  after: documented(changesCursor().optional(), {
    description:
      'The cursor behind which the changes are wanted: a `next_cursor`, the `cursor` of a change, or the `Changes-Cursor` of an export; opaque. Without it, only changes from now on.',
  }),
  product_id: documented(
    z
      .string()
      .refine((text) => toProductId(text) !== undefined, 'Input should be the id of a product')
      .optional(),
    { description: 'Only changes of this product.', format: 'uuid' },
  ),
  kind: documented(choice(changeKinds).optional(), { description: 'Only changes of this kind.' }),
  include: documented(choice(['product']).optional(), {
    description:
      '`product`: each change has the product as it is now, which may be newer than the change. A change without a product is of one that no longer exists.',
  }),
});

/** The query parameters of a request for changes. Any other parameter is a fault of the request. */
export const listChangesQuerySchema = selection
  .extend({
    limit: documented(pageLimit(), {
      description:
        'The maximum number of changes in a response. It may have fewer, even none, before the end of the feed: go on with its `next_cursor`.',
    }),
    wait: documented(z.preprocess(fromDecimalText, wholeNumber(0, MAX_CHANGES_WAIT_S).default(0)), {
      description: 'Seconds to wait for a change if there is none yet.',
    }),
  })
  .strict();

/** The query parameters of a stream of changes. Any other parameter is a fault of the request. */
export const streamChangesQuerySchema = selection.strict();

/** One change of one product. */
export const changeSchema = documented(
  z.object({
    cursor: documented(z.string(), {
      description: 'The place behind this change in the feed, for `after`; opaque.',
    }),
    kind: documented(z.enum(changeKinds), { description: 'What happened to the product.' }),
    product_id: productSchema.shape.id,
    version: documented(z.number().int().min(1), {
      description:
        'The version of the product after this change, or of its deletion. It rises with each change of a product, also when the id is used again.',
      example: 3,
    }),
    changed_at: documented(z.string(), {
      description: 'When the change was made, by the clock of the database (RFC 3339, UTC).',
      format: 'date-time',
      example: '2026-02-28T23:59:59.999Z',
    }),
    product: productSchema.optional(),
  }),
  { title: 'Change' },
);

/** Changes in the order of their commits, and where to go on. */
export const changesSchema = documented(
  z.object({
    items: z.array(changeSchema),
    next_cursor: documented(z.string(), {
      description: 'The place behind the last change that was looked at, for `after`; opaque.',
    }),
  }),
  { title: 'Changes' },
);

/** The problem of a cursor from which the feed cannot go on. */
export const changesExpiredProblemSchema = problemSchema.extend({
  earliest_cursor: documented(z.string(), {
    description: 'The cursor of the earliest change that can still be read.',
  }),
});

/** The query of a request for changes after parsing, with defaults. */
export type ListChangesQuery = z.output<typeof listChangesQuerySchema>;

/** The query of a stream of changes after parsing. */
export type StreamChangesQuery = z.output<typeof streamChangesQuerySchema>;

/** One change of one product. */
export type Change = z.output<typeof changeSchema>;

/** Changes in the order of their commits, and where to go on. */
export type Changes = z.output<typeof changesSchema>;
