import type { CacheRead } from '@product-api/cache';
import type { Product } from '@product-api/contract';

/** The products of a batch. */
export interface FoundProducts {
  /** The JSON texts of the products that exist, in the order of their ids. */
  readonly texts: readonly string[];
  /** The ids of no product, as they were sent. */
  readonly missing: readonly string[];
  /** The number of ids that were served from each source. */
  readonly sources: Readonly<Record<CacheRead<Product>['source'], number>>;
}

/** Prints a batch as the contract's `ProductBatch`, without parsing the texts of the products. */
export function batchText({ texts, missing }: FoundProducts): string {
  return `{"items":[${texts.join(',')}],"missing":${JSON.stringify(missing)}}`;
}

/** Returns the value of `X-Cache`, such as `HIT 198, MISS 2`; empty if no id is a product id. */
export function batchSources({ sources }: FoundProducts): string {
  return Object.entries(sources)
    .filter(([, count]) => count > 0)
    .map(([source, count]) => `${source.toUpperCase()} ${count}`)
    .join(', ');
}
