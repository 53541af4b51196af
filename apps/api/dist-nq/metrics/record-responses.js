import { cacheResultOf } from '../http/server/request-context.js';
import { CLIENT_CLOSED_REQUEST } from './collectors/route-series.js';
/** Returns the function that records the status, duration and cache result of every response. */
export function recordResponses({ requests, cacheReads }) {
    return (response, durationMs) => {
        const { method, route } = response.req;
        const status = response.writableFinished ? response.statusCode : CLIENT_CLOSED_REQUEST;
        requests.series(method, route?.path).observe(status, durationMs / 1000);
        cacheReads.count(cacheResultOf(response));
    };
}
//# sourceMappingURL=record-responses.js.map