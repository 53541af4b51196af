import { fingerprintOf } from './fingerprint.js';
/** The scope of requests without credentials. */
const ANONYMOUS = '';
/** The response header of a request that changed nothing, because an earlier one had its key. */
const REPLAYED = 'Idempotent-Replayed';
/** Returns the keyed request of a handler's validated input; undefined without a key. */
export function keyedRequest(input) {
    const { headers, query, body, req, res } = input;
    const key = headers['idempotency-key'];
    if (key === undefined) {
        return undefined;
    }
    return {
        scope: ANONYMOUS,
        key,
        fingerprint: fingerprintOf({
            method: req.method,
            path: req.path,
            query,
            ifMatch: req.headers['if-match'],
            ifNoneMatch: req.headers['if-none-match'],
            body,
        }),
        onReplay: () => res.setHeader(REPLAYED, 'true'),
    };
}
//# sourceMappingURL=keyed-request.js.map