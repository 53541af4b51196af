import type { AccessRefusal } from '../../http/access/check-access.js';
import { labelledValues, type MetricFamily } from '../prometheus/metric-family.js';

/** All reasons, so that the first refusal for each raises an existing counter. */
const reasons: readonly AccessRefusal[] = [
  'no-key',
  'malformed',
  'unknown',
  'expired',
  'insufficient-scope',
  'outdated',
];

/** Counts the requests that were refused for their API key, or for the lack of one. */
export class Refusals {
  readonly #counts = new Map(reasons.map((reason) => [reason, 0]));

  count(reason: AccessRefusal): void {
    this.#counts.set(reason, (this.#counts.get(reason) ?? 0) + 1);
  }

  families(): MetricFamily[] {
    const description = {
      name: 'product_api_refused_requests_total',
      help: 'Requests that were refused for their API key or the lack of one, by reason.',
      type: 'counter',
      merge: 'sum',
    } as const;
    return [
      labelledValues(
        description,
        Array.from(this.#counts, ([reason, count]) => [{ reason }, count] as const),
      ),
    ];
  }
}
