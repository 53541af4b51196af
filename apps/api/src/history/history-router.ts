import { contract, type Product } from '@product-api/contract';
import { initServer } from '@ts-rest/express';
import { requireKnownFields } from '../http/body/known-fields.js';
import { entityTag } from '../http/conditional/entity-tag.js';
import { pageResponse } from '../http/conditional/page-response.js';
import {
  type ConditionalHeaders,
  requirePreconditions,
  requirePreconditionsOfAbsence,
} from '../http/conditional/preconditions.js';
import { writeOrigin } from '../idempotency/write-origin.js';
import type { RequestLimits } from '../products/product-router.js';
import type { HistoryService } from './history-service.js';

/** Binds the contract's routes of the history to the service. */
export function historyRouter(
  service: HistoryService,
  { jsonBody, pages }: Pick<RequestLimits, 'jsonBody' | 'pages'>,
) {
  return initServer().router(contract.history, {
    list: async ({ params, query, res }) => {
      const { page } = await pages.run(res, () => service.list(params.id, query));
      return pageResponse(res, 'history', page);
    },
    restore: {
      middleware: [jsonBody, requireKnownFields(contract.history.restore)],
      handler: async (input) => {
        const { version, keep_stock: keepsStock } = input.body;
        const product = await service.restore(input.params.id, {
          ...{ version, keepsStock, precondition: precondition(input.headers) },
          ...writeOrigin(input),
        });
        return { status: 200, body: product };
      },
    },
  });
}

function precondition(headers: ConditionalHeaders) {
  return (product: Product | undefined) =>
    product === undefined
      ? requirePreconditionsOfAbsence(headers, 'product')
      : requirePreconditions(headers, {
          name: 'product',
          entityTag: entityTag(JSON.stringify(product)),
        });
}
