import { z } from 'zod';
import { changeKinds, changeSchema } from './change.js';
import { bodyErrors, productSchema } from './product.js';
import { pageCursor, pageLimit } from './product-list.js';
import { documented } from './schema-metadata.js';

/** The query parameters of a history request. Any other parameter is a fault of the request. */
export const historyQuerySchema = z
  .object({
    limit: documented(pageLimit(), { description: 'The maximum number of changes on a page.' }),
    cursor: documented(pageCursor(), {
      description: 'The `next_cursor` of the previous page; opaque.',
    }),
  })
  .strict();

/** One change in the history of a product. */
export const historyEntrySchema = documented(
  z.object({
    version: changeSchema.shape.version,
    kind: documented(z.enum(changeKinds), {
      description: 'What happened to the product.',
      example: 'update',
    }),
    changed_at: changeSchema.shape.changed_at,
    changed_by: documented(z.string().nullable(), {
      description:
        'The id of the API key of the request; null if it had none, and if somebody wrote to the database. Adjustments of stock that were made together have the key of the last one.',
      example: 'k7Qm2xVb9RtA',
    }),
    previous: documented(productSchema.omit({ id: true }).partial().nullable(), {
      description:
        'The values that the change replaced: of an update those of the fields that it changed, of a deletion all. Null if there was no product before, and if the service did not record them.',
      example: { price: 29.99 },
    }),
  }),
  { title: 'HistoryEntry' },
);

/** One page of the history of a product. */
export const historyPageSchema = documented(
  z.object({
    items: z.array(historyEntrySchema),
    next_cursor: documented(z.string().nullable(), {
      description: 'The `cursor` of the next page; null on the last page.',
      // Clients of a mock follow the cursor until it is null.
      example: null,
    }),
  }),
  { title: 'HistoryPage' },
);

/** The body of a request to restore a product. */
export const restoreProductSchema = documented(
  z.object(
    {
      version: documented(
        z
          .number({ invalid_type_error: 'Input should be a valid integer' })
          .int('Input should be a valid integer')
          .min(1, 'Input should be greater than or equal to 1')
          .max(
            Number.MAX_SAFE_INTEGER,
            `Input should be less than or equal to ${Number.MAX_SAFE_INTEGER}`,
          )
          .optional(),
        {
          description:
            'The version whose values the product gets. Default: the last one before the deletion of the product.',
          example: 2,
        },
      ),
      keep_stock: documented(
        z.boolean({ invalid_type_error: 'Input should be a valid boolean' }).default(false),
        {
          description:
            'Whether an existing product keeps its quantity in stock, instead of getting that of the version.',
        },
      ),
    },
    bodyErrors,
  ),
  { title: 'RestoreProduct' },
);

/** The query of a history request after parsing, with defaults. */
export type HistoryQuery = z.output<typeof historyQuerySchema>;

/** One change in the history of a product. */
export type HistoryEntry = z.output<typeof historyEntrySchema>;

/** One page of the history of a product, the newest change first. */
export type HistoryPage = z.output<typeof historyPageSchema>;

/** The body of a request to restore a product, as a client sends it. */
export type RestoreProduct = z.input<typeof restoreProductSchema>;
