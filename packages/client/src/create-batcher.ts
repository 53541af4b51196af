import type { Client } from './create-client.js';
import type { Product } from './generated/contract.js';
import type { CallOptions } from './options/call-options.js';

/** Gets products one by one for its callers, and together from the service. */
export interface Batcher {
  /**
   * Returns a product, or undefined if no product has the id. All calls of one turn of the event
   * loop share their requests, and their failure.
   */
  get(id: string): Promise<Product | undefined>;
}

/**
 * Creates a batcher: the `get`s of one turn of the event loop become one `getMany`. It keeps no
 * product beyond that.
 *
 * @param options options of each request
 * @example
 * ```ts
 * const batcher = createBatcher(client);
 * const names = await Promise.all(lines.map(async ({ id }) => (await batcher.get(id))?.name));
 * ```
 */
export function createBatcher(
  { products }: Pick<Client, 'products'>,
  options: CallOptions = {},
): Batcher {
  let batch: Batch | undefined;

  function startBatch(): Batch {
    const ids = new Set<string>();
    // A timer, because a microtask would run before other callbacks of the turn add their ids.
    const found = new Promise<void>((resolve) => setTimeout(resolve, 0)).then(() => {
      batch = undefined;
      return products.getMany(ids, options);
    });
    return { ids, found };
  }

  return {
    async get(id) {
      batch ??= startBatch();
      batch.ids.add(id);
      return (await batch.found).get(id);
    },
  };
}

/** The calls that share their requests. */
interface Batch {
  readonly ids: Set<string>;
  readonly found: Promise<Map<string, Product>>;
}
