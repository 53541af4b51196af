import { cacheResultOf, type OnResponseEnd } from '../http/server/request-context.js';
import { CLIENT_CLOSED_REQUEST } from './collectors/route-series.js';
import type { RequestRecorders } from './service-metrics.js';

/**
 * Returns the function that records the status, duration and cache result of every response. A
 * stream lasts for as long as its content is, so it has metrics of its own.
 */
export function recordResponses({ requests, cacheReads }: RequestRecorders): OnResponseEnd {
  return (response, durationMs) => {
    const { method, route, isStream } = response.req;
    if (isStream) {
      return;
    }
    const status = response.writableFinished ? response.statusCode : CLIENT_CLOSED_REQUEST;
    requests.series(method, route?.path).observe(status, durationMs / 1000);
    cacheReads.count(cacheResultOf(response));
  };
}
