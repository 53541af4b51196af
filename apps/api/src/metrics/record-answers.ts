import { cacheResultOf, type OnAnswered } from '../http/request-context.js';
import { clientClosedRequest } from './route-series.js';
import type { RequestRecorders } from './service-metrics.js';

/** Makes the function that counts and times every answer. */
export function recordAnswers({ requests, cacheReads }: RequestRecorders): OnAnswered {
  return (response, durationMs) => {
    const { method, route } = response.req;
    const status = response.writableFinished ? response.statusCode : clientClosedRequest;
    requests.series(method, route?.path).observe(status, durationMs / 1000);
    cacheReads.count(cacheResultOf(response));
  };
}
