import type { Database } from '@product-api/database';
import { CacheEventCounts } from './collectors/cache-event-counts.js';
import { CacheReads } from './collectors/cache-reads.js';
import { cacheState, type ObservableCache } from './collectors/cache-state.js';
import { databaseState } from './collectors/database-state.js';
import { LimitedRequests } from './collectors/limited-requests.js';
import { ProcessMetrics } from './collectors/process-metrics.js';
import { Refusals } from './collectors/refusals.js';
import { Rejections } from './collectors/rejections.js';
import { RequestMetrics } from './collectors/request-metrics.js';
import { changeStreamCounts, StreamMetrics } from './collectors/stream-metrics.js';
import type { MetricFamily } from './prometheus/metric-family.js';

/** Options for the metrics of a process. */
export interface ServiceMetricsOptions {
  /** The version of the service. */
  readonly version: string;
  /** The paths of the contract's routes. */
  readonly routes: Iterable<string>;
}

/** The recorders of requests. */
export interface RequestRecorders {
  readonly requests: RequestMetrics;
  readonly cacheReads: CacheReads;
}

/** All metrics of one process. */
export class ServiceMetrics implements RequestRecorders {
  readonly requests: RequestMetrics;
  readonly cacheReads = new CacheReads();
  readonly cacheEvents = new CacheEventCounts();
  readonly rejections = new Rejections();
  readonly refusals = new Refusals();
  readonly limitedRequests = new LimitedRequests();
  readonly streams = new StreamMetrics();
  readonly changeStreams = changeStreamCounts();
  readonly #process: ProcessMetrics;

  constructor({ version, routes }: ServiceMetricsOptions) {
    this.requests = new RequestMetrics(routes);
    this.#process = new ProcessMetrics(version);
  }

  /** Returns the current values of all metrics. */
  families(cache: ObservableCache, database: Pick<Database, 'walBytes'>): MetricFamily[] {
    return [
      ...this.requests.families(),
      ...this.rejections.families(),
      ...this.refusals.families(),
      ...this.limitedRequests.families(),
      ...this.streams.families(),
      ...this.changeStreams.families(),
      ...this.cacheReads.families(),
      ...this.cacheEvents.families(),
      ...cacheState(cache),
      ...databaseState(database),
      ...this.#process.families(),
    ];
  }
}
