import { contract, type Product } from '@product-api/contract';
import { initServer } from '@ts-rest/express';
import { requireKnownFields } from '../http/body/known-fields.js';
import { entityTag } from '../http/conditional/entity-tag.js';
import {
  type ConditionalHeaders,
  requireIfMatch,
  requirePreconditions,
  requirePreconditionsOfAbsence,
} from '../http/conditional/preconditions.js';
import { nextLink } from '../http/headers/next-link.js';
import { writeOrigin } from '../idempotency/write-origin.js';
import type { RequestLimits } from '../products/product-router.js';
import type { HistoryService } from './history-service.js';

/** Binds the contract's routes of the history to the service. */
export function historyRouter(
  service: HistoryService,
  { jsonBody, pages }: Pick<RequestLimits, 'jsonBody' | 'pages'>,
) {
  return initServer().router(contract.history, {
    list: async ({ params, query, headers, req, res }) => {
      const { page } = await pages.run(res, () => service.list(params.id, query));
      if (headers['if-match'] !== undefined) {
        requireIfMatch(headers['if-match'], {
          name: 'history',
          entityTag: entityTag(JSON.stringify(page)),
        });
      }
      if (page.next_cursor !== null) {
        res.setHeader('Link', nextLink(req.url, page.next_cursor));
      }
      return { status: 200, body: page };
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
