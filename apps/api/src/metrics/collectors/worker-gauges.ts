import { type MetricFamily, singleValue } from '../prometheus/metric-family.js';

/** The number of worker processes by state. */
export interface WorkerCounts {
  /** Running workers. */
  readonly running: number;
  /** Workers that did not report in time; their last report is shown. */
  readonly missing: number;
  /** Workers that ended unexpectedly since the start. */
  readonly died: number;
}

/** Returns the metrics of the worker processes. A service without workers counts as one process. */
export function workerGauges({ running, missing, died }: WorkerCounts): MetricFamily[] {
  return [
    gauge('product_api_workers', 'Processes that serve requests.', running),
    gauge(
      'product_api_workers_missing',
      'Processes that did not report their metrics in time.',
      missing,
    ),
    singleValue(
      {
        name: 'product_api_worker_deaths_total',
        help: 'Worker processes that ended unexpectedly.',
        type: 'counter',
        merge: 'sum',
      },
      died,
    ),
  ];
}

function gauge(name: string, help: string, value: number): MetricFamily {
  return singleValue({ name, help, type: 'gauge', merge: 'sum' }, value);
}
