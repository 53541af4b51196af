import {
  type AdjustStock,
  type CreateProduct,
  routes,
  type UpdateProduct,
} from '../generated/contract.js';
import type {
  CallOptions,
  ChangeOptions,
  IfNoneMatchOptions,
  ReadOptions,
  WriteOptions,
} from '../options/call-options.js';
import type { PageQuery } from '../options/list-options.js';
import type { Transport } from '../transport/transport.js';
import { type RouteAddress, type RouteInput, sendToRoute } from './send-to-route.js';

type Reading = ReadOptions | IfNoneMatchOptions;

/** Sends the requests of the catalog. */
export type ProductRequests = ReturnType<typeof productRequests>;

/** Returns a function for each route of the catalog that sends its request. */
export function productRequests(transport: Transport) {
  const { create, get, update, delete: remove, list, batchGet } = routes.products;
  const send = (route: RouteAddress, input: RouteInput) => sendToRoute(transport, route, input);
  return {
    create: (body: CreateProduct, options: WriteOptions) => send(create, { body, options }),
    get: (id: string, options: Reading) =>
      send(get, { id, ifNoneMatch: options.ifNoneMatch, options }),
    update: (id: string, body: UpdateProduct, options: ChangeOptions) =>
      send(update, { id, body: fieldsToChange(id, body), ifMatch: options.ifMatch, options }),
    delete: (id: string, options: ChangeOptions) =>
      send(remove, { id, ifMatch: options.ifMatch, options }),
    adjustStock: (id: string, adjustment: number | AdjustStock, options: WriteOptions) =>
      send(routes.stock.adjust, {
        id,
        body: typeof adjustment === 'number' ? { delta: adjustment } : adjustment,
        options,
      }),
    list: (query: PageQuery, options: Reading) =>
      send(list, { query, ifNoneMatch: options.ifNoneMatch, options }),
    // A POST that only reads, because a URL may be too short for the ids.
    batchGet: (ids: readonly string[], options: CallOptions) =>
      send(batchGet, { body: { ids }, options, keyed: false }),
  };
}

/**
 * Returns the changes without the product's own id, so that a product that was read can be passed
 * back: the service refuses an id among the changes.
 */
function fieldsToChange(id: string, changes: UpdateProduct & { readonly id?: unknown }) {
  const { id: given, ...fields } = changes;
  return given === id ? fields : changes;
}
