import { DurationHistogram } from '../prometheus/duration-histogram.js';
/** The durations of the requests with one method to one route, by status. */
export class RouteSeries {
    #labels;
    /** Indexed by status. */
    #histograms = [];
    constructor(labels) {
        this.#labels = labels;
    }
    /**
     * Records a request that has ended.
     *
     * @param status the status of the response, or `CLIENT_CLOSED_REQUEST`
     * @param seconds from the arrival of the request to the end of its response
     */
    observe(status, seconds) {
        let histogram = this.#histograms[status];
        if (histogram === undefined) {
            histogram = new DurationHistogram();
            this.#histograms[status] = histogram;
        }
        histogram.observe(seconds);
    }
    /** Returns the samples of all recorded statuses. */
    *samples(name) {
        for (const [status, histogram] of this.#histograms.entries()) {
            if (histogram) {
                yield* histogram.samples(name, { ...this.#labels, status: String(status) });
            }
        }
    }
}
/** The status of a request whose client left before the response, by nginx's convention. */
export const CLIENT_CLOSED_REQUEST = 499;
//# sourceMappingURL=route-series.js.map