import type { MetricFamily } from '../metrics/prometheus/metric-family.js';
import type { StopReason } from '../startup/start-service.js';

/** A message from a worker to the primary. */
export type WorkerMessage =
  /** The worker serves. */
  | { readonly type: 'listening'; readonly url: string }
  /** The worker could not start to serve, and ends. */
  | { readonly type: 'failed'; readonly reason: string }
  /** The worker requests the metrics of all workers. */
  | { readonly type: 'collect'; readonly id: number }
  /** The worker's own metrics: the reply to `report`, or its last metrics before it ends. */
  | { readonly type: 'report'; readonly id?: number; readonly families: readonly MetricFamily[] };

/** A message from the primary to a worker. */
export type PrimaryMessage =
  /**
   * The worker must finish its requests and end. With `listenForMs` it is the last one that
   * listens: until the primary closes the channel, but at most for these milliseconds.
   */
  | { readonly type: 'stop'; readonly reason: StopReason; readonly listenForMs?: number }
  /** The worker must report its metrics. */
  | { readonly type: 'report'; readonly id: number }
  /** The reply to `collect`. */
  | { readonly type: 'collected'; readonly id: number; readonly families: readonly MetricFamily[] };
