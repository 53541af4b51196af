import type { IncomingHttpHeaders } from 'node:http';
import { fingerprintOf } from './fingerprint.js';

/** A request with an idempotency key. */
export interface KeyedRequest {
  /** Whose key it is. Two scopes never share a key. */
  readonly scope: string;
  /** The key without quotes. */
  readonly key: string;
  /** Equal for requests that ask for the same. */
  readonly fingerprint: string;
  /** Called before the response if its outcome is that of an earlier request. */
  readonly onReplay: () => void;
}

/** The part of a handler's input that makes a request a keyed one. */
export interface HandlerInput {
  readonly headers: { readonly 'idempotency-key'?: string | undefined };
  readonly query?: unknown;
  readonly body?: unknown;
  readonly req: {
    readonly method: string;
    readonly path: string;
    readonly headers: IncomingHttpHeaders;
    readonly apiKeyId: string | undefined;
  };
  readonly res: { setHeader(name: string, value: string): unknown };
}

/** The scope of requests without an API key. */
const ANONYMOUS = '';

/** The response header of a request that changed nothing, because an earlier one had its key. */
const REPLAYED = 'Idempotent-Replayed';

/** Returns the keyed request of a handler's validated input; undefined without a key. */
export function keyedRequest(input: HandlerInput): KeyedRequest | undefined {
  const { headers, query, body, req, res } = input;
  const key = headers['idempotency-key'];
  if (key === undefined) {
    return undefined;
  }
  return {
    scope: req.apiKeyId ?? ANONYMOUS,
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
