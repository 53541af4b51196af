import { type HandlerInput, type KeyedRequest, keyedRequest } from './keyed-request.js';

/** Which request asks for a write. */
export interface WriteOrigin {
  /** The id of the request's API key, for the change log; undefined without one. */
  readonly changedBy?: string | undefined;
  /** The request with its idempotency key, if it has one. */
  readonly keyed?: KeyedRequest | undefined;
}

/** Which request with an idempotency key asks for a write. */
export interface KeyedOrigin extends WriteOrigin {
  readonly keyed: KeyedRequest;
}

/** Returns the origin of the write that a handler's validated input asks for. */
export function writeOrigin(input: HandlerInput): WriteOrigin {
  return { changedBy: input.req.apiKeyId, keyed: keyedRequest(input) };
}

/** Returns whether a request has an idempotency key. */
export function isKeyed(origin: WriteOrigin): origin is KeyedOrigin {
  return origin.keyed !== undefined;
}
