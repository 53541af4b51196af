import { isRead } from '../http/http-message.js';
import { idempotencyHeader, newIdempotencyKey } from '../http/idempotency-key.js';
import { type QueryParameters, requestPath } from '../http/request-path.js';
import type { WriteOptions } from '../options/call-options.js';
import type { FinalResponse, RetriedAfter } from '../transport/retry.js';
import type { Transport } from '../transport/transport.js';

/** Where a route of the contract is. */
export interface RouteAddress {
  readonly method: string;
  /** A path with parameters, such as `/products/:id`. */
  readonly path: string;
}

/** What a call sends to a route. */
export interface RouteInput {
  /** The product or the API key that the path names. */
  readonly id?: string;
  readonly query?: QueryParameters;
  /** Sent as JSON. */
  readonly body?: object;
  readonly ifMatch?: string | undefined;
  readonly ifNoneMatch?: string | undefined;
  /** Milliseconds for which the service may hold the response back. Default: 0. */
  readonly heldMs?: number;
  readonly options: WriteOptions;
  /** Whether it gets an idempotency key. Default: a read gets none, by its method. */
  readonly keyed?: boolean;
  /** After what it is sent again. Default: temporary failures. */
  readonly retriedAfter?: RetriedAfter;
}

/**
 * Sends a request to a route of the contract. A write gets an idempotency key, so that it can be
 * retried.
 */
export async function sendToRoute(
  transport: Transport,
  { method, path }: RouteAddress,
  input: RouteInput,
): Promise<FinalResponse> {
  const { id = '', query, body, ifMatch, ifNoneMatch, options } = input;
  const { keyed = !isRead(method), retriedAfter = 'failures', heldMs = 0 } = input;
  return transport({
    method,
    path: requestPath(path, { id }, query),
    headers: {
      ...(keyed && idempotencyHeader(options.idempotencyKey ?? newIdempotencyKey())),
      ...(ifMatch !== undefined && { 'if-match': ifMatch }),
      ...(ifNoneMatch !== undefined && { 'if-none-match': ifNoneMatch }),
      ...(body !== undefined && { ...jsonHeaders, ...strictHandling }),
    },
    body: body && JSON.stringify(body),
    heldMs,
    options,
    retriedAfter,
  });
}

/** The header of a request with a JSON body. */
export const jsonHeaders = { 'content-type': 'application/json' };

/** Asks the service to refuse fields that it does not know (RFC 7240 §4.4). */
export const strictHandling = { prefer: 'handling=strict' };
