import { singleValue } from '../prometheus/metric-family.js';
/** Returns the metrics of the worker processes. A service without workers counts as one process. */
export function workerGauges({ running, missing, died }) {
    return [
        gauge('product_api_workers', 'Processes that serve requests.', running),
        gauge('product_api_workers_missing', 'Processes that did not report their metrics in time.', missing),
        singleValue({
            name: 'product_api_worker_deaths_total',
            help: 'Worker processes that ended unexpectedly.',
            type: 'counter',
            merge: 'sum',
        }, died),
    ];
}
function gauge(name, help, value) {
    return singleValue({ name, help, type: 'gauge', merge: 'sum' }, value);
}
//# sourceMappingURL=worker-gauges.js.map