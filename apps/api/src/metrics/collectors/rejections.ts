import { labelledValues, type MetricFamily, singleValue } from '../prometheus/metric-family.js';

/** Shown from the start, so that the first rejection is a rise of a counter. */
const statuses = [400, 405, 408, 413, 431];

/** Counts what the server refused before there was a request. */
export class Rejections {
  readonly #messages = new Map(statuses.map((status) => [status, 0]));
  #connections = 0;

  /** @param status that of the response */
  countMessage(status: number): void {
    this.#messages.set(status, (this.#messages.get(status) ?? 0) + 1);
  }

  countConnection(): void {
    this.#connections += 1;
  }

  families(): MetricFamily[] {
    const counter = { type: 'counter', merge: 'sum' } as const;
    const messages = Array.from(
      this.#messages,
      ([status, count]) => [{ status: String(status) }, count] as const,
    );
    return [
      labelledValues(
        {
          name: 'product_api_rejected_messages_total',
          help: 'Messages that were malformed, oversized or too slow to become a request.',
          ...counter,
        },
        messages,
      ),
      singleValue(
        {
          name: 'product_api_dropped_connections_total',
          help: 'Connections that were closed at once, as there were MAX_CONNECTIONS.',
          ...counter,
        },
        this.#connections,
      ),
    ];
  }
}
