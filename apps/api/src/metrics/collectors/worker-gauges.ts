import { type MetricFamily, singleValue } from '../prometheus/metric-family.js';

/** How the service's processes are. */
export interface WorkerCounts {
  /** The worker processes that run. */
  readonly running: number;
  /** Those that did not answer in time; of them, what they last told is shown. */
  readonly missing: number;
  /** How many have ended unasked since the start. */
  readonly died: number;
}

/** Makes metrics of the number of processes; a service without workers is one that runs. */
export function workerGauges({ running, missing, died }: WorkerCounts): MetricFamily[] {
  return [
    gauge('product_api_workers', 'Processes that serve requests.', running),
    gauge('product_api_workers_missing', 'Those of them that were not heard in time.', missing),
    singleValue(
      {
        name: 'product_api_worker_deaths_total',
        help: 'Worker processes that ended unasked.',
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
