import { randomUUID } from 'node:crypto';
const ACCEPTABLE_ID = /^[\w.-]{1,64}$/;
const MAX_REJECTED_ID_LENGTH = 200;
/**
 * Creates the function that initializes every request: its id, which is the client's `X-Request-Id`
 * if that is short and simple, otherwise a new UUID; its start time; and the listener for its end.
 * The values are stored on the request itself, because an AsyncLocalStorage or a closure for each
 * request would cost more than the rest of this function.
 */
export function requestContext({ onResponseEnd, monotonicClock, }) {
    function onClose() {
        onResponseEnd(this, monotonicClock() - this.req.startedAt);
    }
    return (request, response) => {
        // Always a string: Node joins repeated headers.
        const offered = request.headers['x-request-id'];
        const isAccepted = offered !== undefined && ACCEPTABLE_ID.test(offered);
        request.id = isAccepted ? offered : randomUUID();
        request.rejectedId = isAccepted ? undefined : offered?.slice(0, MAX_REJECTED_ID_LENGTH);
        // Express also sets it, but not for requests that get their response before they reach Express.
        request.originalUrl = request.url;
        request.startedAt = monotonicClock();
        request.cacheResult = undefined;
        response.on('close', onClose);
    };
}
/** Returns the value of `X-Cache` in a response, also if its head was written as prebuilt text. */
export function cacheResultOf(response) {
    return response.req.cacheResult ?? response.getHeader('X-Cache');
}
//# sourceMappingURL=request-context.js.map