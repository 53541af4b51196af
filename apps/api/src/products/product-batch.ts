import type { CacheRead } from '@product-api/cache';
import { type Product, toProductId } from '@product-api/contract';

/** The ids of a batch, each once, in their order. */
export interface DifferentIds {
  /** The text that was sent, by its product id, or by itself if it is not one. */
  readonly asked: ReadonlyMap<string, string>;
  /** Those that are product ids. */
  readonly ids: readonly string[];
}

/** The products of a batch. */
export interface FoundProducts {
  /** The JSON texts of the products that exist, in the order of their ids. */
  readonly texts: readonly string[];
  /** The ids of no product, as they were sent. */
  readonly missing: readonly string[];
  /** The number of ids that were served from each source. */
  readonly sources: Readonly<Record<CacheRead<Product>['source'], number>>;
}

/** Returns the ids of a batch, each once, in their order. */
export function differentIds(texts: readonly string[]): DifferentIds {
  const ids: string[] = [];
  const asked = new Map<string, string>();
  for (const text of texts) {
    const id = toProductId(text);
    if (!asked.has(id ?? text)) {
      asked.set(id ?? text, text);
      if (id !== undefined) {
        ids.push(id);
      }
    }
  }
  return { ids, asked };
}

/** Prints a batch as the contract's `ProductBatch`, without parsing the texts of the products. */
export function batchText({ texts, missing }: FoundProducts): string {
  return `{"items":[${texts.join(',')}],"missing":${JSON.stringify(missing)}}`;
}

/**
 * Returns the value of `X-Cache`, such as `HIT 198, MISS 2`; undefined if no id is a product id.
 */
export function batchSources({ sources }: FoundProducts): string | undefined {
  const counted = Object.entries(sources).filter(([, count]) => count > 0);
  return counted.length === 0
    ? undefined
    : counted.map(([source, count]) => `${source.toUpperCase()} ${count}`).join(', ');
}
