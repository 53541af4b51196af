import { patchMediaTypes } from '@product-api/contract';
import { isAppRoute } from '@ts-rest/core';
import { ProblemError } from '../problems/problem-errors.js';
import { isPreflight } from './cross-origin.js';
/**
 * Responds to requests for a path of the contract whose method has no route there: 204 to OPTIONS,
 * 405 to others, both with `Allow` (RFC 9110 §9.3.7, §15.5.6). If several paths of the contract
 * match, `Allow` has the methods of all. Must be called after the routes are bound.
 */
export function respondToOtherMethods(application, contract) {
    /** The methods of the paths that match a request. */
    const matched = new WeakMap();
    for (const [path, methods] of methodsByPath(contract)) {
        application.all(path, (request, _response, next) => {
            matched.set(request, [...(matched.get(request) ?? []), ...methods]);
            next();
        });
    }
    application.use((request, response, next) => {
        const methods = matched.get(request);
        return methods === undefined ? next() : allowOnly(methods)(request, response, next);
    });
}
/** Creates the handler of a path's other methods; `methods` are the methods with a route. */
export function allowOnly(methods) {
    const allowed = new Set([...methods, 'OPTIONS']);
    if (allowed.has('GET')) {
        allowed.add('HEAD');
    }
    const allow = [...allowed].sort().join(', ');
    return (request, response) => {
        if (request.method !== 'OPTIONS') {
            throw new ProblemError('method-not-allowed', 'Method Not Allowed', {
                headers: { Allow: allow },
            });
        }
        response.setHeader('Allow', allow);
        if (allowed.has('PATCH')) {
            response.setHeader('Accept-Patch', patchMediaTypes.join(', '));
        }
        if (isPreflight(request) && response.hasHeader('Access-Control-Allow-Origin')) {
            response.setHeader('Access-Control-Allow-Methods', allow);
        }
        response.status(204).end();
    };
}
function methodsByPath(contract) {
    const methods = new Map();
    for (const entry of Object.values(contract)) {
        const found = isAppRoute(entry)
            ? [[entry.path, [entry.method]]]
            : methodsByPath(entry);
        for (const [path, more] of found) {
            methods.set(path, [...(methods.get(path) ?? []), ...more]);
        }
    }
    return methods;
}
//# sourceMappingURL=allowed-methods.js.map