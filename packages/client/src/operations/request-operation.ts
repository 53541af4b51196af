import { type HttpResponse, isRead } from '../http/http-message.js';
import { idempotencyHeader } from '../http/idempotency-key.js';
import { type QueryParameters, withQuery } from '../http/request-path.js';
import { mediaType } from '../http/response-summary.js';
import type { WriteOptions } from '../options/call-options.js';
import { parseJson, refuseFailure } from '../responses/read-success.js';
import type { Transport } from '../transport/transport.js';
import type { ApiCall } from './api-call.js';
import { jsonHeaders } from './send-to-route.js';
import { startCall } from './start-call.js';

/** A request that no operation of the SDK makes. */
export interface CustomRequest extends WriteOptions {
  /**
   * Sent as `Idempotency-Key`; the write is then retried, so set it only if its route knows the
   * header. Default: no key, and no retries of a write but after a 429.
   */
  readonly idempotencyKey?: string | undefined;
  /** Default: `GET`. */
  readonly method?: string;
  /**
   * The path after the base URL, such as `/products`; encode its parts with `encodeURIComponent`.
   */
  readonly path: string;
  /** Query parameters; those that are undefined are not sent. */
  readonly query?: QueryParameters;
  /** Sent as JSON. Default: no body. */
  readonly body?: unknown;
}

/**
 * Sends a request, with the headers, time limits, retries and errors of every other call. Returns
 * the value of a JSON body, the text of any other, and undefined for an empty one.
 */
export type RequestOperation = (request: CustomRequest) => ApiCall<unknown>;

/** Creates the operation that sends custom requests. */
export function createRequestOperation(transport: Transport): RequestOperation {
  const send = async ({ method = 'GET', path, query, body, ...options }: CustomRequest) => {
    if (!path.startsWith('/')) {
      throw new TypeError(`The path of a request must begin with "/": ${path}`);
    }
    if (body !== undefined && isRead(method.toUpperCase())) {
      throw new TypeError(`A ${method} request cannot have a body; set another method`);
    }
    const { idempotencyKey: key } = options;
    return transport({
      method: method.toUpperCase(),
      path: withQuery(path, query),
      headers: {
        ...(body !== undefined && jsonHeaders),
        ...(key !== undefined && idempotencyHeader(key)),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      options,
      retriedAfter: isRead(method.toUpperCase()) || key !== undefined ? 'failures' : 'refusals',
    });
  };
  return (request) => startCall(send(request), readAnyBody);
}

function readAnyBody(response: HttpResponse): unknown {
  refuseFailure(response);
  if (response.text === '') {
    return undefined;
  }
  const isJson = /[/+]json$/.test(mediaType(response.headers) ?? '');
  return isJson ? parseJson(response) : response.text;
}
