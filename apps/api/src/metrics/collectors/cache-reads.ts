import { labelledValues, type MetricFamily } from '../prometheus/metric-family.js';

/** Counts the reads of single products by what the cache did for them. */
export class CacheReads {
  #hits = 0;
  #misses = 0;
  #bypasses = 0;

  /** @param outcome the answer's `X-Cache`; any other value, such as none, counts nothing */
  count(outcome: unknown): void {
    if (outcome === 'HIT') {
      this.#hits++;
    } else if (outcome === 'MISS') {
      this.#misses++;
    } else if (outcome === 'BYPASS') {
      this.#bypasses++;
    }
  }

  families(): MetricFamily[] {
    const description = {
      name: 'product_api_cache_reads_total',
      help: 'Reads of a product by the part that the cache had in them.',
      type: 'counter',
      merge: 'sum',
    } as const;
    return [
      labelledValues(description, [
        [{ result: 'hit' }, this.#hits],
        [{ result: 'miss' }, this.#misses],
        [{ result: 'bypass' }, this.#bypasses],
      ]),
    ];
  }
}
