import type { HttpResponse } from '../http/http-message.js';
import { isReplayed } from '../http/idempotency-key.js';
import type { FinalResponse } from '../transport/retry.js';
import { ApiCall } from './api-call.js';

/**
 * Starts a call.
 *
 * @param sent the request that was sent
 * @param read makes the data of the response, and throws if the response is not a success;
 *   `unconfirmed` is whether an earlier attempt may have been carried out
 */
export function startCall<Data>(
  sent: Promise<FinalResponse>,
  read: (response: HttpResponse, unconfirmed: boolean) => Data,
): ApiCall<Data> {
  return new ApiCall(
    sent.then(({ response, attempts, unconfirmed }) => {
      const { status, headers } = response;
      const requestId = headers.get('x-request-id') ?? undefined;
      const replayed = isReplayed(headers);
      const data = read(response, unconfirmed);
      return { data, status, headers, requestId, replayed, attempts };
    }),
  );
}
