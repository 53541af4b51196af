import { deferred } from '../concurrency/deferred.js';
import { workerGauges } from '../metrics/collectors/worker-gauges.js';
import { mergeFamilies } from '../metrics/prometheus/merge-families.js';
/** Milliseconds for workers to report their metrics. */
const REPORT_LIMIT_MS = 500;
/**
 * Collects the metrics of all workers, in the primary. The last report of a worker that ended or
 * does not reply still counts, so that no counter ever falls: Prometheus would take that for a
 * restart.
 */
export class GroupMetrics {
    #latest = new Map();
    #collections = new Map();
    #ofEnded = [];
    #died = 0;
    #lastId = 0;
    /** Requests metrics from the workers. Returns the merged metrics of all within 500 ms. */
    async collect(workers) {
        const id = ++this.#lastId;
        const waiting = new Set(workers);
        const { promise, resolve: finish } = deferred();
        this.#collections.set(id, { waiting, finish });
        const limit = setTimeout(finish, REPORT_LIMIT_MS);
        for (const worker of workers) {
            worker.send({ type: 'report', id });
        }
        await promise;
        clearTimeout(limit);
        this.#collections.delete(id);
        const counts = { running: workers.length, missing: waiting.size, died: this.#died };
        return mergeFamilies([...this.#latest.values(), this.#ofEnded, workerGauges(counts)]);
    }
    /** Stores a worker's report. `id` is the collection that requested it, if any did. */
    report(worker, families, id) {
        this.#latest.set(worker, families);
        if (id !== undefined) {
            this.#noLongerWaitFor(worker, id);
        }
    }
    /** Keeps the counters of a worker that has ended, and drops its gauges. */
    ended(worker, requested) {
        if (!requested) {
            this.#died++;
        }
        const counters = this.#latest.get(worker)?.filter(({ type }) => type !== 'gauge') ?? [];
        this.#ofEnded = mergeFamilies([this.#ofEnded, counters]);
        this.#latest.delete(worker);
        for (const id of this.#collections.keys()) {
            this.#noLongerWaitFor(worker, id);
        }
    }
    #noLongerWaitFor(worker, id) {
        const collection = this.#collections.get(id);
        collection?.waiting.delete(worker);
        if (collection?.waiting.size === 0) {
            collection.finish();
        }
    }
}
//# sourceMappingURL=group-metrics.js.map