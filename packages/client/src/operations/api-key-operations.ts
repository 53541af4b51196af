import {
  type ApiKey,
  type CreateApiKey,
  type CreatedApiKey,
  type OwnApiKey,
  problemTypes,
  type RotateApiKey,
  routes,
} from '../generated/contract.js';
import type { HttpResponse } from '../http/http-message.js';
import type { CallOptions } from '../options/call-options.js';
import { receivedProblem } from '../responses/problem-document.js';
import { successReader } from '../responses/read-success.js';
import type { Transport } from '../transport/transport.js';
import type { ApiCall } from './api-call.js';
import { type RouteAddress, type RouteInput, sendToRoute } from './send-to-route.js';
import { startCall } from './start-call.js';

/**
 * The operations of API keys. All but `self` need a key with the scope `admin`. Besides the errors
 * below, each can throw any other subclass of `ProductApiError`, or the reason of the caller's
 * signal.
 */
export interface ApiKeyOperations {
  /**
   * Makes a key. Only this response has its secret, in `key`. It is retried only after a 429, so
   * that a lost response makes no second key; a key whose response was lost is in the list.
   *
   * @example
   * ```ts
   * const { id, key } = await client.apiKeys.create({ name: 'shop', scopes: ['products:read'] });
   * ```
   *
   * @throws {ValidationError} when a field is invalid
   * @throws {RequestRejectedError} when there are as many keys as there can be (409)
   */
  create(key: CreateApiKey, options?: CallOptions): ApiCall<CreatedApiKey>;
  /** Returns all keys without their secrets, the newest first, also expired ones. */
  list(options?: CallOptions): ApiCall<ApiKey[]>;
  /** Returns the key of the request itself. */
  self(options?: CallOptions): ApiCall<OwnApiKey>;
  /**
   * Revokes a key. If the response was lost, a retry that no longer finds the key is a success.
   *
   * @throws {NotFoundError} when no key has the id
   */
  revoke(id: string, options?: CallOptions): ApiCall<void>;
  /**
   * Makes a key with the name, the scopes and the expiry of another one, which then expires after
   * `overlap_seconds`, and by default is revoked. It is retried only after a 429, like `create`.
   *
   * @example
   * ```ts
   * const { key } = await client.apiKeys.rotate(id, { overlap_seconds: 3600 });
   * ```
   *
   * @throws {NotFoundError} when no key has the id
   * @throws {RequestRejectedError} when there are as many keys as there can be (409)
   */
  rotate(id: string, how?: Partial<RotateApiKey>, options?: CallOptions): ApiCall<CreatedApiKey>;
}

const { create, list, self, revoke, rotate } = routes.apiKeys;
const readCreated = successReader(create);
const readList = successReader(list);
const readSelf = successReader(self);
const readRevoked = successReader(revoke);
const readRotated = successReader(rotate);

/** Creates the operations of API keys from the contract's routes. */
export function createApiKeyOperations(transport: Transport): ApiKeyOperations {
  // These routes take no idempotency key: its record would keep the secret.
  const send = (route: RouteAddress, input: RouteInput) =>
    sendToRoute(transport, route, { ...input, keyed: false });
  const retriedAfter = 'refusals';
  return {
    create: (body, options = {}) =>
      startCall(send(create, { body, options, retriedAfter }), readCreated),
    list: (options = {}) =>
      startCall(send(list, { options }), (response) => readList(response).items),
    self: (options = {}) => startCall(send(self, { options }), readSelf),
    revoke: (id, options = {}) =>
      startCall<void>(send(revoke, { id, options }), (response, unconfirmed) =>
        unconfirmed && isMissing(response) ? undefined : readRevoked(response),
      ),
    rotate: (id, body = {}, options = {}) =>
      startCall(send(rotate, { id, body, options, retriedAfter }), readRotated),
  };
}

function isMissing(response: HttpResponse): boolean {
  return receivedProblem(response)?.['type'] === problemTypes['api-key-not-found'];
}
