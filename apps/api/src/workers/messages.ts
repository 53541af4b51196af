import type { MetricFamily } from '../metrics/prometheus/metric-family.js';
import type { StopReason } from '../startup/start-service.js';

/** What a worker tells the primary. */
export type WorkerMessage =
  /** It serves. */
  | { readonly type: 'listening'; readonly url: string }
  /** It could not begin to serve, and ends. */
  | { readonly type: 'failed'; readonly reason: string }
  /** It wants the metrics of all workers. */
  | { readonly type: 'collect'; readonly id: number }
  /** Its own metrics: an answer to `report`, or its last. */
  | { readonly type: 'report'; readonly id?: number; readonly families: readonly MetricFamily[] };

/** What the primary tells a worker. */
export type PrimaryMessage =
  /**
   * It is to finish what it has begun, and to end. With `listenForMs` it is the last that listens, until
   * the primary ends their connection: for so many milliseconds at most.
   */
  | { readonly type: 'stop'; readonly reason: StopReason; readonly listenForMs?: number }
  /** It is to tell its metrics. */
  | { readonly type: 'report'; readonly id: number }
  /** The answer to `collect`. */
  | { readonly type: 'collected'; readonly id: number; readonly families: readonly MetricFamily[] };
