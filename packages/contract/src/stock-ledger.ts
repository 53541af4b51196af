import { z } from 'zod';
import { pageCursor, pageLimit } from './product-list.js';
import { documented } from './schema-metadata.js';

const safeInteger = () =>
  z.number().int().min(-Number.MAX_SAFE_INTEGER).max(Number.MAX_SAFE_INTEGER);

/** The query parameters of a ledger request. Any other parameter is a fault of the request. */
export const stockLedgerQuerySchema = z
  .object({
    limit: documented(pageLimit(), {
      description: 'The maximum number of lines on a page.',
    }),
    cursor: documented(pageCursor(), {
      description: 'The `next_cursor` of the previous page; opaque.',
    }),
  })
  .strict();

/** One line of a product's ledger. */
export const stockAdjustmentSchema = documented(
  z.object({
    delta: documented(safeInteger(), {
      description: 'The pieces that came or, if negative, went. Never 0.',
      example: -2,
    }),
    quantity_after: documented(safeInteger(), {
      description: 'The quantity in stock after this line.',
      minimum: 0,
      example: 98,
    }),
    reason: documented(z.string().nullable(), {
      description:
        'The reason that the adjustment gave; null if it gave none, and for any other change.',
      example: 'sale',
    }),
    reference: documented(z.string().nullable(), {
      description:
        'The reference that the adjustment gave; null if it gave none, and for any other change.',
      example: 'order-17',
    }),
    at: documented(z.string(), {
      description: 'When the stock changed (RFC 3339, UTC).',
      format: 'date-time',
      example: '2026-02-28T23:59:59.999Z',
    }),
  }),
  { title: 'StockAdjustment' },
);

/** One page of a product's ledger. */
export const stockLedgerPageSchema = documented(
  z.object({
    items: z.array(stockAdjustmentSchema),
    next_cursor: documented(z.string().nullable(), {
      description: 'The `cursor` of the next page; null on the last page.',
      // Clients of a mock follow the cursor until it is null.
      example: null,
    }),
  }),
  { title: 'StockLedgerPage' },
);

/** The query of a ledger request after parsing, with defaults. */
export type StockLedgerQuery = z.output<typeof stockLedgerQuerySchema>;

/** One change of a product's stock. */
export type StockAdjustment = z.output<typeof stockAdjustmentSchema>;

/** One page of changes of a product's stock, the newest first, and the cursor of the next. */
export type StockLedgerPage = z.output<typeof stockLedgerPageSchema>;
