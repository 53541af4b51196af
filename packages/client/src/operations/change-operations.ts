import { type Changes, routes } from '../generated/contract.js';
import type { CallOptions } from '../options/call-options.js';
import type { ChangesQuery, FollowOptions, SyncOptions } from '../options/change-options.js';
import { successReader } from '../responses/read-success.js';
import type { Transport } from '../transport/transport.js';
import type { ApiCall } from './api-call.js';
import { type ChangeFeed, followChanges } from './follow-changes.js';
import { sendToRoute } from './send-to-route.js';
import { startCall } from './start-call.js';
import { syncProducts } from './sync-products.js';

/**
 * The operations of the feed of changes. They need a key with the scope `changes:read`, and `sync`
 * also one with `products:read`. Besides the errors below, each can throw any other subclass of
 * `ProductApiError`, or the reason of the caller's signal.
 */
export interface ChangeOperations {
  /**
   * Returns changes behind a cursor, in the order of their commits; without a cursor none, and
   * where the feed ends now. The feed has more until `next_cursor` is the cursor that was sent.
   * With `wait`, the limits of time are longer by as many seconds.
   *
   * @example
   * ```ts
   * const { items, next_cursor } = await client.changes.list({ after, wait: 30 });
   * ```
   *
   * @throws {ChangesExpiredError} when the feed cannot go on from the cursor
   * @throws {ValidationError} when the query is invalid
   */
  list(query?: ChangesQuery, options?: CallOptions): ApiCall<Changes>;
  /**
   * Returns every change behind a cursor, and then each new one when it comes; it has no end.
   * After every failure that can pass, such as a restart of the service, it goes on by itself:
   * each change comes once in a loop, in order. Keep the cursor of the last change that you have
   * handled to go on after a restart of your program. With a filter, keep the `next_cursor` of each
   * of its `pages()` instead, which also moves while no change matches.
   *
   * @example
   * ```ts
   * for await (const { kind, product_id, cursor } of client.changes.follow({ after, signal })) {
   *   console.log(kind, product_id);
   *   await keep(cursor);
   * }
   * ```
   *
   * @throws {ChangesExpiredError} when the feed cannot go on from the cursor
   * @throws {ProblemError} when a request is refused for a reason that does not pass, such as a 403
   */
  follow(options?: FollowOptions): ChangeFeed;
  /**
   * Keeps a copy of all products in step with the service: an export, then every change. It ends
   * only by `signal` or an error. If it is called again, it goes on where the cursor that `store`
   * has kept says; if the feed no longer can, it begins with an export again.
   *
   * @example
   * ```ts
   * await client.changes.sync({
   *   store: { load: () => readCursor(), save: (cursor) => writeCursor(cursor) },
   *   handler: {
   *     replaceAll: (products) => index.rebuild(products),
   *     put: (product) => index.put(product.id, product),
   *     remove: (id) => index.remove(id),
   *   },
   * });
   * ```
   *
   * @throws {ProblemError} when a request is refused for a reason that does not pass, such as a 403
   * @throws {TypeError} when `replaceAll` has not read all products
   * @throws {unknown} when `store` or `handler` throws: the same error
   */
  sync(options: SyncOptions): Promise<never>;
}

const readChanges = successReader(routes.changes.list);

/** Creates the operations of the feed of changes. */
export function createChangeOperations(transport: Transport): ChangeOperations {
  const list = (query: ChangesQuery = {}, options: CallOptions = {}) => {
    const heldMs = (query.wait ?? 0) * 1000;
    const sent = sendToRoute(transport, routes.changes.list, { query, options, heldMs });
    return startCall(sent, readChanges);
  };
  return {
    list,
    follow: (options) => followChanges(list, options),
    sync: (options) => syncProducts(transport, list, options),
  };
}
