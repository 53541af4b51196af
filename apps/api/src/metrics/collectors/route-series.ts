import { DurationHistogram } from '../prometheus/duration-histogram.js';
import type { Labels } from '../prometheus/metric-family.js';

/** What became of the requests with one method to one route. */
export class RouteSeries {
  readonly #labels: Labels;
  /** By status; most stay empty. */
  readonly #histograms: (DurationHistogram | undefined)[] = [];

  constructor(labels: { readonly method: string; readonly route: string }) {
    this.#labels = labels;
  }

  /**
   * Records a request that has ended.
   * @param status of the answer, or `clientClosedRequest`
   * @param seconds from the request's arrival to the end of its answer
   */
  observe(status: number, seconds: number): void {
    let histogram = this.#histograms[status];
    if (histogram === undefined) {
      histogram = new DurationHistogram();
      this.#histograms[status] = histogram;
    }
    histogram.observe(seconds);
  }

  /** The samples of all statuses that there were. */
  *samples(name: string): Generator<[string, number]> {
    for (const [status, histogram] of this.#histograms.entries()) {
      if (histogram) {
        yield* histogram.samples(name, { ...this.#labels, status: String(status) });
      }
    }
  }
}

/** The status under which a request counts whose client left before the answer: nginx's convention. */
export const CLIENT_CLOSED_REQUEST = 499;
