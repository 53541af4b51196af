import { labelledValues, type MetricFamily } from '../prometheus/metric-family.js';

/** Counts the reads of single products by what the cache did for them: hit, miss or bypass. */
export class CacheReads {
  #hits = 0;
  #misses = 0;
  #bypasses = 0;

  /** @param outcome the value of `X-Cache` in the response; any other value is not counted */
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
      help: 'Reads of a product by cache result.',
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
