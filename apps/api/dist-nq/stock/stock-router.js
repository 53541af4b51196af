import { contract } from '@product-api/contract';
import { initServer } from '@ts-rest/express';
import { requireKnownFields } from '../http/body/known-fields.js';
import { entityTag } from '../http/conditional/entity-tag.js';
import { requireIfMatch } from '../http/conditional/preconditions.js';
import { keyedRequest } from '../idempotency/keyed-request.js';
import { requireKey } from '../idempotency/require-key.js';
/** Binds the contract's stock routes to the service. */
export function stockRouter(service, { jsonBody, pages, keyRequired }) {
    const checkKey = keyRequired ? [requireKey] : [];
    return initServer().router(contract.stock, {
        adjust: {
            middleware: [...checkKey, jsonBody, requireKnownFields(contract.stock.adjust)],
            handler: async (input) => {
                const { params, body } = input;
                return { status: 200, body: await service.adjust(params.id, body, keyedRequest(input)) };
            },
        },
        adjustMany: {
            middleware: [...checkKey, jsonBody, requireKnownFields(contract.stock.adjustMany)],
            handler: async (input) => {
                const products = await service.adjustMany(input.body, keyedRequest(input));
                return { status: 200, body: { products: [...products] } };
            },
        },
        ledger: async ({ params, query, headers, res }) => {
            const { page } = await pages.run(res, () => service.ledger(params.id, query));
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
//# sourceMappingURL=stock-router.js.map