import { labelledValues, type MetricFamily } from '../prometheus/metric-family.js';

/** Counts the requests that exceeded a rate limit. */
export class LimitedRequests {
  readonly #counts = new Map([
    ['read', 0],
    ['write', 0],
    ['bulk', 0],
    ['unauthorized', 0],
  ]);

  /** @param limited the class of the limit */
  count(limited: string): void {
    this.#counts.set(limited, (this.#counts.get(limited) ?? 0) + 1);
  }

  families(): MetricFamily[] {
    return [
      labelledValues(
        {
          name: 'product_api_limited_requests_total',
          help: 'Requests that exceeded a rate limit, by its class.',
          type: 'counter',
          merge: 'sum',
        },
        Array.from(this.#counts, ([name, count]) => [{ class: name }, count] as const),
      ),
    ];
  }
}
