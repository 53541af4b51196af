import { contract } from '@product-api/contract';
import { initServer } from '@ts-rest/express';
import { requireKnownFields } from '../http/body/known-fields.js';
import { entityTag } from '../http/conditional/entity-tag.js';
import { requireIfMatch } from '../http/conditional/preconditions.js';
import type { RequestLimits } from '../products/product-router.js';
import type { StockService } from './stock-service.js';

/** Binds the contract's stock routes to the service. */
export function stockRouter(service: StockService, { jsonBody, responses }: RequestLimits) {
  return initServer().router(contract.stock, {
    adjust: {
      middleware: [jsonBody, requireKnownFields(contract.stock.adjust)],
      handler: async ({ params, body }) => {
        return { status: 200, body: await service.adjust(params.id, body) };
      },
    },
    adjustMany: {
      middleware: [jsonBody, requireKnownFields(contract.stock.adjustMany)],
      handler: async ({ body }) => {
        return { status: 200, body: { products: [...(await service.adjustMany(body))] } };
      },
    },
    ledger: async ({ params, query, headers, res }) => {
      const { page } = await responses.run(res, () => service.ledger(params.id, query));
      if (headers['if-match'] !== undefined) {
        requireIfMatch(headers['if-match'], {
          name: 'ledger',
          entityTag: entityTag(JSON.stringify(page)),
        });
      }
      return { status: 200, body: page };
    },
  });
}
