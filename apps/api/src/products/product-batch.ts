import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CacheRead } from '@product-api/cache';
import type { Product } from '@product-api/contract';
import { divideBatch } from './batch-parts.js';

/** The products of a batch. */
export interface FoundProducts {
  /** The JSON texts of the products that exist, in the order of their ids. */
  readonly texts: readonly string[];
  /** The ids of no product, as they were sent. */
  readonly missing: readonly string[];
  /** The number of ids that were served from each source. */
  readonly sources: Readonly<Record<CacheRead<Product>['source'], number>>;
}

/**
 * Prints a batch as the contract's `ProductBatch`, without parsing the texts of the products. A
 * large one is printed in blocks, each in a turn of the event loop of its own.
 */
export async function printBatch({
  texts,
  missing,
}: FoundProducts): Promise<string | readonly Buffer[]> {
  const beginning = '{"items":[';
  const end = `],"missing":${JSON.stringify(missing)}}`;
  const [first = [], ...others] = divideBatch(texts, (text) => text.length);
  const firstItems = `${beginning}${first.join(',')}`;
  if (others.length === 0) {
    return `${firstItems}${end}`;
  }
  const blocks = [Buffer.from(firstItems)];
  for (const part of others) {
    await nextTurn();
    blocks.push(Buffer.from(`,${part.join(',')}`));
  }
  blocks.push(Buffer.from(end));
  return blocks;
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
