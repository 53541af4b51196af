import type { ProductBatch } from '@product-api/contract';
import type { RequestHandler, Response } from 'express';
import { jsonSize, jsonText } from '../http/body/json-text.js';
import type { ResponseQueue } from '../http/limits/response-queue.js';
import { certainIds } from './batch-ids.js';
import { batchSources, printBatch } from './product-batch.js';
import type { ProductService } from './product-service.js';

/** Reads the products with these ids, as the body of a response. */
export type ReadBatch = (ids: readonly string[], response: Response) => Promise<ProductBatch>;

/** Creates the function that reads batches. `batches` bounds those that are not yet sent. */
export function batchReader(service: ProductService, batches: ResponseQueue): ReadBatch {
  return async (ids, response) => {
    const { json, sources } = await batches.run(response, async () => {
      const found = await service.getMany(ids);
      const json = await printBatch(found);
      return { json, sources: batchSources(found), size: jsonSize(json) };
    });
    response.req.cacheResult = sources;
    return jsonText<ProductBatch>(json, sources === undefined ? {} : { 'X-Cache': sources });
  };
}

/**
 * Creates the middleware that responds to a batch whose request is certainly valid. To any other
 * one the route's handler responds, after the contract's validation. The validation and ts-rest's
 * work around a handler would take a twentieth of the time of 100 cached products.
 */
export function respondWithBatch(read: ReadBatch): RequestHandler {
  return (request, response, next) => {
    const ids = request.url.includes('?') ? undefined : certainIds(request.body);
    if (ids === undefined) {
      return next();
    }
    read(ids, response)
      .then((batch) => response.json(batch))
      .catch(next);
  };
}
