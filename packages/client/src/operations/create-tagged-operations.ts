import { type Product, routes } from '../generated/contract.js';
import type { HttpResponse } from '../http/http-message.js';
import type { IfNoneMatchOptions, ReadOptions } from '../options/call-options.js';
import { successReader } from '../responses/read-success.js';
import { requiredHeader } from '../responses/required-header.js';
import type { ApiCall } from './api-call.js';
import { unlessNotModified } from './not-modified.js';
import type { TaggedProductOperations } from './product-operations.js';
import type { ProductRequests } from './product-requests.js';
import type { ProductWithEtag, ReadProduct } from './product-with-etag.js';
import { startCall } from './start-call.js';

/** Creates the operations that return a product together with its entity tag. */
export function createTaggedOperations(requests: ProductRequests): TaggedProductOperations {
  function get(id: string, options: IfNoneMatchOptions): ApiCall<ReadProduct | undefined>;
  function get(id: string, options?: ReadOptions): ApiCall<ReadProduct>;
  function get(id: string, options: ReadOptions | IfNoneMatchOptions = {}) {
    return startCall(requests.get(id, options), unlessNotModified(options, readWithCache));
  }

  return {
    create: (product, options = {}) => startCall(requests.create(product, options), readCreated),
    get,
    update: (id, changes, options = {}) =>
      startCall(requests.update(id, changes, options), readUpdated),
  };
}

const readCreated = taggedReader(successReader(routes.products.create));
const readUpdated = taggedReader(successReader(routes.products.update));
const readTagged = taggedReader(successReader(routes.products.get));

function readWithCache(response: HttpResponse): ReadProduct {
  const cache = response.headers.get('x-cache') ?? undefined;
  return { ...readTagged(response), cache };
}

/** Creates a reader that also requires an entity tag. */
function taggedReader(readProduct: (response: HttpResponse) => Product) {
  return (response: HttpResponse): ProductWithEtag => {
    const product = readProduct(response);
    return { product, etag: requiredHeader(response, 'ETag') };
  };
}
