import { deferred } from '../concurrency/deferred.js';
import { workerGauges } from '../metrics/collectors/worker-gauges.js';
import { mergeFamilies } from '../metrics/prometheus/merge-families.js';
import type { MetricFamily } from '../metrics/prometheus/metric-family.js';
import type { WorkerProcess } from './worker-process.js';

/** Milliseconds that workers have to tell their metrics. */
const REPORT_LIMIT_MS = 500;

type Families = readonly MetricFamily[];

/** A collection under way: the workers it waits for, and what to do without waiting for more. */
interface Collection {
  readonly waiting: Set<WorkerProcess>;
  readonly finish: () => void;
}

/**
 * The metrics of all workers, in the primary. What ended or silent workers have last told goes on
 * to count, so that no counter ever falls: Prometheus would take that for a restart of the service.
 */
export class GroupMetrics {
  readonly #latest = new Map<WorkerProcess, Families>();
  readonly #collections = new Map<number, Collection>();
  #ofEnded: Families = [];
  #died = 0;
  #lastId = 0;

  /** Asks workers for their metrics, and answers within 500 ms with those of all. */
  async collect(workers: readonly WorkerProcess[]): Promise<Families> {
    const id = ++this.#lastId;
    const waiting = new Set(workers);
    const { promise, resolve: finish } = deferred<void>();
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

  /** Takes what a worker tells; `id` is that of the collection that asked. */
  report(worker: WorkerProcess, families: Families, id?: number): void {
    this.#latest.set(worker, families);
    if (id !== undefined) {
      this.#noLongerWaitFor(worker, id);
    }
  }

  /** Keeps the counters of a worker that has ended; its gauges ended with it. */
  ended(worker: WorkerProcess, asked: boolean): void {
    if (!asked) {
      this.#died++;
    }
    const counters = this.#latest.get(worker)?.filter(({ type }) => type !== 'gauge') ?? [];
    this.#ofEnded = mergeFamilies([this.#ofEnded, counters]);
    this.#latest.delete(worker);
    for (const id of this.#collections.keys()) {
      this.#noLongerWaitFor(worker, id);
    }
  }

  #noLongerWaitFor(worker: WorkerProcess, id: number): void {
    const collection = this.#collections.get(id);
    collection?.waiting.delete(worker);
    if (collection?.waiting.size === 0) {
      collection.finish();
    }
  }
}
