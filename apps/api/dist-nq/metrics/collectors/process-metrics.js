import { monitorEventLoopDelay } from 'node:perf_hooks';
import { labelledValues, singleValue } from '../prometheus/metric-family.js';
/** Milliseconds between two samples of the event loop. */
const LOOP_RESOLUTION_MS = 20;
/** Measures the process, under the metric names that are usual in Prometheus. */
export class ProcessMetrics {
    #version;
    #loopDelay;
    /** @param version the version of the service */
    constructor(version) {
        this.#version = version;
        this.#loopDelay = monitorEventLoopDelay({ resolution: LOOP_RESOLUTION_MS });
        this.#loopDelay.enable();
    }
    /** Returns the metrics of the process. The event loop's lag is measured since the last call. */
    families() {
        return [...resources(), ...this.#lag(), this.#build()];
    }
    #lag() {
        const lag = (suffix, what, nanoseconds) => singleValue({
            name: `nodejs_eventloop_lag_${suffix}seconds`,
            help: `${what} lag of the event loop since the last scrape.`,
            type: 'gauge',
            merge: 'max',
        }, lagSeconds(nanoseconds));
        const { mean, max } = this.#loopDelay;
        const families = [
            lag('', 'Mean', mean),
            lag('p99_', '99th percentile of the', this.#loopDelay.percentile(99)),
            lag('max_', 'Longest', max),
        ];
        this.#loopDelay.reset();
        return families;
    }
    #build() {
        const description = {
            name: 'product_api_build_info',
            help: 'The version of the service and of Node, as labels.',
            type: 'gauge',
            merge: 'max',
        };
        const labels = { version: this.#version, node_version: process.version };
        return labelledValues(description, [[labels, 1]]);
    }
}
function resources() {
    const { user, system } = process.cpuUsage();
    return [
        singleValue({
            name: 'process_cpu_seconds_total',
            help: 'User and system CPU time.',
            type: 'counter',
            merge: 'sum',
        }, (user + system) / 1e6),
        singleValue({
            name: 'process_resident_memory_bytes',
            help: 'Resident memory.',
            type: 'gauge',
            merge: 'sum',
        }, process.memoryUsage.rss()),
        singleValue({
            name: 'process_start_time_seconds',
            help: 'Start time since the Unix epoch.',
            type: 'gauge',
            merge: 'min',
        }, performance.timeOrigin / 1000),
    ];
}
/** Converts an interval between samples to a lag. Before the first sample, the interval is NaN. */
function lagSeconds(nanoseconds) {
    if (Number.isNaN(nanoseconds)) {
        return 0;
    }
    return Math.max(0, nanoseconds / 1e9 - LOOP_RESOLUTION_MS / 1000);
}
//# sourceMappingURL=process-metrics.js.map