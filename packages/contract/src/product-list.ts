import { z } from 'zod';
import { PRICE_LIMIT, priceBoundMetadata, priceBoundSchema } from './price.js';
import { productSchema } from './product.js';
import { documented } from './schema-metadata.js';

/**
 * Sort keys; a leading minus sorts descending. Names are sorted by code point. Ties are broken by
 * id.
 */
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

/** A sort key of a list. */
export type ProductSort = (typeof productSorts)[number];

const DECIMAL_TEXT = /^-?\d+(\.\d+)?$/;

/** Converts decimal text to a number; passes on any other value, which the schema then refuses. */
function fromDecimalText(value: unknown): unknown {
  return typeof value === 'string' && DECIMAL_TEXT.test(value) ? Number(value) : value;
}

/** Converts `true` and `false` to booleans; `z.coerce.boolean` would convert "false" to true. */
function fromBooleanText(value: unknown): unknown {
  if (value === 'true') {
    return true;
  }
  if (value === 'false') {
    return false;
  }
  return value;
}

/** The maximum `limit` of a list request. */
export const MAX_PAGE_SIZE = 200;

const limit = z
  .number({ invalid_type_error: 'Input should be a valid integer' })
  .int('Input should be a valid integer')
  .min(1, 'Input should be greater than or equal to 1')
  .max(MAX_PAGE_SIZE, `Input should be less than or equal to ${MAX_PAGE_SIZE}`)
  .default(20);

/** Returns the schema of the query parameter for the size of a page, 20 by default. */
export function pageLimit() {
  return z.preprocess(fromDecimalText, limit);
}

/** Returns the schema of the query parameter for the cursor of a page. */
export function pageCursor() {
  return z
    .string({ invalid_type_error: 'Input should be a valid cursor' })
    .max(4096, 'Input should be a valid cursor')
    .optional();
}

const parameters = z.object({
  limit: documented(pageLimit(), {
    description:
      'The maximum number of products on a page; a page of large products may have fewer.',
  }),
  cursor: documented(pageCursor(), {
    description:
      'The `next_cursor` of the previous page; opaque, and valid only for the same `sort`.',
  }),
  sort: documented(
    z
      .enum(productSorts, {
        errorMap: () => ({ message: `Input should be one of: ${productSorts.join(', ')}` }),
      })
      .default('created'),
    {
      description:
        'The sort key; a leading minus sorts descending. Names are sorted by code point: `Zebra` comes before `apple`, and `Äpfel` after both. Ties are broken by id.',
    },
  ),
  in_stock: documented(
    z.preprocess(
      fromBooleanText,
      z.boolean({ invalid_type_error: 'Input should be true or false' }).optional(),
    ),
    { description: '`true`: only products in stock; `false`: only products out of stock.' },
  ),
  min_price: documented(z.preprocess(fromDecimalText, priceBoundSchema.optional()), {
    ...priceBoundMetadata,
    description: 'Only products with at least this price; at most four decimals.',
  }),
  max_price: documented(z.preprocess(fromDecimalText, priceBoundSchema.optional()), {
    ...priceBoundMetadata,
    description:
      'Only products with at most this price; at most four decimals, and not less than `min_price`.',
  }),
});

/** The query parameters of a list request. Any other parameter is a fault of the request. */
export const listProductsQuerySchema = parameters
  .strict()
  .superRefine(({ min_price = 0, max_price = PRICE_LIMIT }, context) => {
    if (min_price > max_price) {
      context.addIssue({
        code: 'custom',
        path: ['min_price'],
        message: `Input should be less than or equal to max_price, which is ${max_price}`,
      });
    }
  });

/** The query of a list request after parsing, with defaults. */
export type ListProductsQuery = z.output<typeof listProductsQuerySchema>;

/** One page of a list. */
export const productPageSchema = documented(
  z.object({
    items: z.array(productSchema),
    next_cursor: documented(z.string().nullable(), {
      description: 'The `cursor` of the next page; null on the last page.',
      // Clients of a mock follow the cursor until it is null.
      example: null,
    }),
  }),
  { title: 'ProductPage' },
);

/** One page of products, and the cursor of the next. */
export type ProductPage = z.output<typeof productPageSchema>;
