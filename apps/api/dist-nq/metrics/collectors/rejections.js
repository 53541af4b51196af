import { labelledValues, singleValue } from '../prometheus/metric-family.js';
/**
 * Statuses that are reported from the start, so that the first rejection raises an existing
 * counter.
 */
const statuses = [400, 405, 408, 413, 431];
/** Counts what the server rejected before it became a request. */
export class Rejections {
    #messages = new Map(statuses.map((status) => [status, 0]));
    #connections = 0;
    /** @param status the status of the response */
    countMessage(status) {
        this.#messages.set(status, (this.#messages.get(status) ?? 0) + 1);
    }
    countConnection() {
        this.#connections += 1;
    }
    families() {
        const counter = { type: 'counter', merge: 'sum' };
        const messages = Array.from(this.#messages, ([status, count]) => [{ status: String(status) }, count]);
        return [
            labelledValues({
                name: 'product_api_rejected_messages_total',
                help: 'Messages that were malformed, oversized or too slow to become a request.',
                ...counter,
            }, messages),
            singleValue({
                name: 'product_api_dropped_connections_total',
                help: 'Connections that were closed at once, because MAX_CONNECTIONS were open.',
                ...counter,
            }, this.#connections),
        ];
    }
}
//# sourceMappingURL=rejections.js.map