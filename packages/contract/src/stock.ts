import { z } from 'zod';
import { bodyErrors, productSchema } from './product.js';
import { documented } from './schema-metadata.js';
import { bounded, text } from './text.js';

/** The maximum number of lines of one adjustment. */
export const MAX_STOCK_LINES = 100;

const INTEGER = 'Input should be a valid integer';

const integer = z
  .number({ required_error: 'Field required', invalid_type_error: INTEGER })
  .int(INTEGER)
  .max(Number.MAX_SAFE_INTEGER, `Input should be less than or equal to ${Number.MAX_SAFE_INTEGER}`);

const delta = documented(
  integer
    .min(
      -Number.MAX_SAFE_INTEGER,
      `Input should be greater than or equal to ${-Number.MAX_SAFE_INTEGER}`,
    )
    .refine((value) => value !== 0, 'Value error, Delta must not be zero'),
  {
    description: 'The pieces to add or, if negative, to take. Not 0.',
    example: -2,
  },
);

const expected = documented(
  integer
    .refine(
      (quantity) => quantity >= 0 && !Object.is(quantity, -0),
      'Value error, Expected quantity must not be negative',
    )
    .optional(),
  {
    description:
      'The quantity in stock that the adjustment is based on; if it differs, the response is 409. Default: any.',
    minimum: 0,
    example: 100,
  },
);

const reason = documented(bounded(text(), 100).optional(), {
  description: 'Why the stock changes, for the ledger.',
  maxLength: 100,
  example: 'sale',
});

const reference = documented(bounded(text(), 200).optional(), {
  description: 'What the change belongs to, such as the number of an order, for the ledger.',
  maxLength: 200,
  example: 'order-17',
});

/** The body of an adjustment of one product. */
export const adjustStockSchema = documented(
  z.object({ delta, expected, reason, reference }, bodyErrors),
  {
    title: 'AdjustStock',
    description: 'How to change the stock of the product.',
    example: { delta: -2, reason: 'sale', reference: 'order-17' },
  },
);

/** One line of an adjustment of several products. */
export const stockLineSchema = documented(
  z.object(
    {
      product_id: documented(bounded(text(), 100), {
        description:
          'The id of a product, in lower or upper case. The response to any other text is 404.',
        maxLength: 100,
        example: '3f2b8c1e-7d54-4f0a-9b6e-1c2d3e4f5a6b',
      }),
      delta,
      expected,
    },
    bodyErrors,
  ),
  { title: 'StockLine' },
);

/** The body of an adjustment of several products. */
export const adjustStocksSchema = documented(
  z.object(
    {
      lines: documented(
        z
          .array(stockLineSchema, {
            required_error: 'Field required',
            invalid_type_error: 'Input should be a valid list',
          })
          .min(1, 'List should have at least 1 item')
          .max(MAX_STOCK_LINES, `List should have at most ${MAX_STOCK_LINES} items`),
        {
          description:
            'Applied all or none. The lines of one product are added up first; each `expected` is the quantity before all of them.',
          minItems: 1,
        },
      ),
      reason,
      reference,
    },
    bodyErrors,
  ),
  {
    title: 'AdjustStocks',
    description: 'How to change the stock of several products at once.',
    example: {
      lines: [
        { product_id: '3f2b8c1e-7d54-4f0a-9b6e-1c2d3e4f5a6b', delta: -2 },
        { product_id: '9a1d6e2f-0b3c-4d5e-8f70-a1b2c3d4e5f6', delta: -1 },
      ],
      reason: 'sale',
      reference: 'order-17',
    },
  },
);

/** The products of an adjustment, after it. */
export const adjustedProductsSchema = documented(
  z.object({
    products: documented(z.array(productSchema), {
      description: 'Each product of the lines once, in the order of its first line.',
    }),
  }),
  { title: 'AdjustedProducts' },
);

/** How to change the stock of one product. */
export type AdjustStock = z.output<typeof adjustStockSchema>;

/** How to change the stock of one of several products. */
export type StockLine = z.output<typeof stockLineSchema>;

/** How to change the stock of several products at once: all or none. */
export type AdjustStocks = z.output<typeof adjustStocksSchema>;
