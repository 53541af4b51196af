import { z } from 'zod';
import { priceBoundSchema } from './price.js';
import { productSchema } from './product.js';
import { documented } from './schema-metadata.js';

/** The orders a list can have; a leading minus turns one round. Ties are broken by id. */
export const productSorts = [
  'created',
  '-created',
  'updated',
  '-updated',
  'name',
  '-name',
  'price',
  '-price',
  'stock',
  '-stock',
] as const;

/** One of the orders of a list. */
export type ProductSort = (typeof productSorts)[number];

const decimalText = /^-?\d+(\.\d+)?$/;

/** Reads a query parameter's text as a number; any other text reaches the schema as it is and fails there. */
function fromDecimalText(value: unknown): unknown {
  return typeof value === 'string' && decimalText.test(value) ? Number(value) : value;
}

/** Reads `true` and `false`; `z.coerce.boolean` would take the text "false" for true. */
function fromBooleanText(value: unknown): unknown {
  if (value === 'true') {
    return true;
  }
  if (value === 'false') {
    return false;
  }
  return value;
}

const limit = z
  .number({ invalid_type_error: 'Input should be a valid integer' })
  .int('Input should be a valid integer')
  .min(1, 'Input should be greater than or equal to 1')
  .max(200, 'Input should be less than or equal to 200')
  .default(20);

/** The query of a list request. */
export const listProductsQuerySchema = z.object({
  limit: documented(z.preprocess(fromDecimalText, limit), {
    description: 'How many products a page has at most; one of large products may have fewer.',
  }),
  cursor: documented(
    z
      .string({ invalid_type_error: 'Input should be a valid cursor' })
      .max(4096, 'Input should be a valid cursor')
      .optional(),
    { description: 'The `next_cursor` of the page before; opaque, and valid for the same `sort`.' },
  ),
  sort: documented(
    z
      .enum(productSorts, {
        errorMap: () => ({ message: `Input should be one of: ${productSorts.join(', ')}` }),
      })
      .default('created'),
    { description: 'The order; a leading minus means descending. Ties are broken by id.' },
  ),
  in_stock: documented(
    z.preprocess(
      fromBooleanText,
      z.boolean({ invalid_type_error: 'Input should be true or false' }).optional(),
    ),
    { description: '`true`: only products in stock; `false`: only products out of stock.' },
  ),
  min_price: documented(z.preprocess(fromDecimalText, priceBoundSchema.optional()), {
    description: 'Only products that cost at least this.',
  }),
  max_price: documented(z.preprocess(fromDecimalText, priceBoundSchema.optional()), {
    description: 'Only products that cost at most this.',
  }),
});

/** A list request's query after parsing: defaults filled in. */
export type ListProductsQuery = z.output<typeof listProductsQuerySchema>;

/** One page of a list. */
export const productPageSchema = documented(
  z.object({
    items: z.array(productSchema),
    next_cursor: documented(z.string().nullable(), {
      description: 'Send it as `cursor` for the next page; null on the last page.',
    }),
  }),
  { title: 'ProductPage' },
);

/** One page of products, and the cursor of the next. */
export type ProductPage = z.output<typeof productPageSchema>;
