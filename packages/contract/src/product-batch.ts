import { z } from 'zod';
import { bodyErrors, productSchema } from './product.js';
import { documented } from './schema-metadata.js';
import { text } from './text.js';

/** The maximum number of ids in a batch. */
export const MAX_BATCH_SIZE = 200;

/** The body of a batch-get request. */
export const batchGetSchema = documented(
  z.object(
    {
      ids: documented(
        z
          .array(text(), {
            required_error: 'Field required',
            invalid_type_error: 'Input should be a valid list',
          })
          .min(1, 'List should have at least 1 id')
          .max(MAX_BATCH_SIZE, `List should have at most ${MAX_BATCH_SIZE} ids`),
        {
          description: 'The ids of the products, in lower or upper case. Any text is accepted.',
          example: ['3f2b8c1e-7d54-4f0a-9b6e-1c2d3e4f5a6b', '00000000-0000-4000-8000-000000000000'],
        },
      ),
    },
    bodyErrors,
  ),
  { title: 'BatchGet' },
);

/** The products of a batch. */
export const productBatchSchema = documented(
  z.object({
    items: documented(z.array(productSchema), {
      description: 'The products that exist, in the order of their ids, each once.',
    }),
    missing: documented(z.array(z.string()), {
      description: 'The ids of no product, as they were sent, each once.',
      example: ['00000000-0000-4000-8000-000000000000'],
    }),
  }),
  { title: 'ProductBatch' },
);

/** The ids of a batch. */
export type BatchGet = z.output<typeof batchGetSchema>;

/** The products of a batch, and the ids that have none. */
export type ProductBatch = z.output<typeof productBatchSchema>;
