import { labelledValues, type MetricFamily } from './metric-family.js';

/** Shown from the start, so that the first rejection is a rise of a counter. */
const STATUSES = [400, 405, 408, 413, 431];

/** Counts the messages that never became requests, by the status of their response. */
export class RejectedMessages {
  readonly #counts = new Map(STATUSES.map((status) => [status, 0]));

  count(status: number): void {
    this.#counts.set(status, (this.#counts.get(status) ?? 0) + 1);
  }

  families(): MetricFamily[] {
    const description = {
      name: 'product_api_rejected_messages_total',
      help: 'Messages that were malformed, oversized or too slow to become a request.',
      type: 'counter',
      merge: 'sum',
    } as const;
    const values = Array.from(
      this.#counts,
      ([status, count]) => [{ status: String(status) }, count] as const,
    );
    return [labelledValues(description, values)];
  }
}
