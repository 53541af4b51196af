import { contract, } from '@product-api/contract';
import { initServer } from '@ts-rest/express';
import { jsonText } from '../http/body/json-text.js';
import { requireKnownFields } from '../http/body/known-fields.js';
import { entityTag } from '../http/conditional/entity-tag.js';
import { isUnconditional, requireIfMatch, requirePreconditions, } from '../http/conditional/preconditions.js';
import { nextLink } from '../http/headers/next-link.js';
import { keyedRequest } from '../idempotency/keyed-request.js';
import { batchSources, batchText } from './product-batch.js';
import { respondFromCache } from './respond-from-cache.js';
/** Binds the contract's product routes to the service. */
export function productRouter(service, { jsonBody, mergePatchBody, pages, batches }) {
    const change = {
        middleware: [mergePatchBody, requireKnownFields(contract.products.update)],
        handler: async (input) => {
            const { params, body, headers } = input;
            const keyed = keyedRequest(input);
            const product = await service.update(params.id, body, precondition(headers), keyed);
            return { status: 200, body: product };
        },
    };
    return initServer().router(contract.products, {
        get: {
            middleware: [respondFromCache(service)],
            handler: async ({ params, headers, res }) => {
                const { source, value } = await service.load(params.id);
                if (headers['if-match'] !== undefined) {
                    requireIfMatch(headers['if-match'], current('product', value));
                }
                res.setHeader('X-Cache', source.toUpperCase());
                return { status: 200, body: value };
            },
        },
        create: {
            middleware: [jsonBody, requireKnownFields(contract.products.create)],
            handler: async (input) => {
                const { body, req, res } = input;
                const product = await service.create(body, keyedRequest(input));
                res.setHeader('Location', locationOf(product, req.path));
                return { status: 201, body: product };
            },
        },
        update: change,
        delete: async (input) => {
            const { params, headers } = input;
            await service.delete(params.id, precondition(headers), keyedRequest(input));
            return { status: 204, body: undefined };
        },
        list: async ({ query, headers, req, res }) => {
            const { page, isPartial } = await pages.run(res, () => service.list(query));
            if (isPartial) {
                res.setHeader('X-Search', 'partial');
            }
            if (headers['if-match'] !== undefined) {
                requireIfMatch(headers['if-match'], current('list', page));
            }
            if (page.next_cursor !== null) {
                res.setHeader('Link', nextLink(req.url, page.next_cursor));
            }
            return { status: 200, body: page };
        },
        patch: change,
        batchGet: {
            middleware: [jsonBody, requireKnownFields(contract.products.batchGet)],
            handler: async ({ body, req, res }) => {
                const { text, sources } = await (async () => {
                    const found = await service.getMany(body.ids);
                    const text = batchText(found);
                    return { text, sources: batchSources(found), size: text.length };
                })();
                req.cacheResult = sources;
                const headers = sources === undefined ? {} : { 'X-Cache': sources };
                return { status: 200, body: jsonText(text, headers) };
            },
        },
    });
}
/**
 * Returns the URL of a new product, relative to the URL of the POST (RFC 9110 §10.2.2), because a
 * proxy may add a path prefix.
 */
function locationOf({ id }, path) {
    return path.endsWith('/') ? id : `products/${id}`;
}
function precondition(headers) {
    return isUnconditional(headers)
        ? undefined
        : (product) => requirePreconditions(headers, current('product', product));
}
/** Returns what conditional headers are compared with: the body as it is sent. */
function current(name, body) {
    return { name, entityTag: entityTag(JSON.stringify(body)) };
}
//# sourceMappingURL=product-router.js.map