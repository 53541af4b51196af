import { contract } from '@product-api/contract';
import { initServer } from '@ts-rest/express';
import { requireKnownFields } from '../http/body/known-fields.js';
import { pageResponse } from '../http/conditional/page-response.js';
import { requireKey } from '../idempotency/require-key.js';
import { writeOrigin } from '../idempotency/write-origin.js';
import type { RequestLimits } from '../products/product-router.js';
import type { StockService } from './stock-service.js';

/** Options of the stock routes. */
export interface StockRouterOptions
  extends Pick<RequestLimits, 'jsonBody' | 'countEntries' | 'pages'> {
  /** Whether an adjustment without an idempotency key is refused. */
  readonly keyRequired: boolean;
}

/** Binds the contract's stock routes to the service. */
export function stockRouter(
  service: StockService,
  { jsonBody, countEntries, pages, keyRequired }: StockRouterOptions,
) {
  const checkKey = keyRequired ? [requireKey] : [];
  return initServer().router(contract.stock, {
    adjust: {
      middleware: [...checkKey, jsonBody, requireKnownFields(contract.stock.adjust)],
      handler: async (input) => {
        const { params, body } = input;
        return { status: 200, body: await service.adjust(params.id, body, writeOrigin(input)) };
      },
    },
    adjustMany: {
      middleware: [
        ...checkKey,
        jsonBody,
        countEntries(contract.stock.adjustMany),
        requireKnownFields(contract.stock.adjustMany),
      ],
      handler: async (input) => {
        const products = await service.adjustMany(input.body, writeOrigin(input));
        return { status: 200, body: { products: [...products] } };
      },
    },
    ledger: async ({ params, query, res }) => {
      const { page } = await pages.run(res, () => service.ledger(params.id, query));
      return pageResponse(res, 'ledger', page);
    },
  });
}
