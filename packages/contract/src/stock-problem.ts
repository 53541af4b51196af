import { z } from 'zod';
import { problemSchema } from './problem.js';
import { documented } from './schema-metadata.js';

const productId = documented(z.string(), {
  description: 'The id of the product.',
  format: 'uuid',
  example: '3f2b8c1e-7d54-4f0a-9b6e-1c2d3e4f5a6b',
});

const available = documented(z.number().int(), {
  description: 'The quantity in stock.',
  minimum: 0,
  example: 1,
});

/** A product with fewer pieces than an adjustment would take. */
export const shortageSchema = documented(
  z.object({
    product_id: productId,
    requested: documented(z.number().int(), {
      description: 'The pieces that the adjustment would take; 2^53 − 1 stands for more, too.',
      minimum: 1,
      example: 2,
    }),
    available,
  }),
  { title: 'Shortage' },
);

/** The problem of an adjustment that would take more pieces than there are. */
export const insufficientStockProblemSchema = problemSchema.extend({
  shortages: documented(z.array(shortageSchema), {
    description: 'Every product with too few pieces.',
    minItems: 1,
  }),
});

/**
 * The problem of an adjustment whose expected quantity differs from that of a product, or that
 * would lead above the highest quantity.
 */
export const refusedProductProblemSchema = problemSchema.extend({
  product_id: productId,
  available,
});

/** The problem of a request whose product does not exist. */
export const productNotFoundProblemSchema = problemSchema.extend({
  product_ids: documented(z.array(z.string()).optional(), {
    description: 'The unknown ids, in the response to an operation of stock.',
  }),
});

/** The problems of an adjustment that the stock does not allow. */
export const refusedAdjustmentProblemSchema = z.union([
  insufficientStockProblemSchema,
  refusedProductProblemSchema,
]);

/** A product with fewer pieces than an adjustment would take. */
export type Shortage = z.output<typeof shortageSchema>;
