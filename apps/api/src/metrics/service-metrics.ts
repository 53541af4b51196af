import type { Database } from '@product-api/database';
import { CacheEventCounts } from './cache-event-counts.js';
import { CacheReads } from './cache-reads.js';
import { cacheState, type ObservableCache } from './cache-state.js';
import { databaseState } from './database-state.js';
import type { MetricFamily } from './metric-family.js';
import { ProcessMetrics } from './process-metrics.js';
import { Rejections } from './rejections.js';
import { RequestMetrics } from './request-metrics.js';

/** What a process measures of itself. */
export interface ServiceMetricsOptions {
  /** The version of the service. */
  readonly version: string;
  /** The paths of the contract's routes. */
  readonly routes: Iterable<string>;
}

/** Where requests are recorded. */
export interface RequestRecorders {
  readonly requests: RequestMetrics;
  readonly cacheReads: CacheReads;
}

/** All that one process measures. */
export class ServiceMetrics implements RequestRecorders {
  readonly requests: RequestMetrics;
  readonly cacheReads = new CacheReads();
  readonly cacheEvents = new CacheEventCounts();
  readonly rejections = new Rejections();
  readonly #process: ProcessMetrics;

  constructor({ version, routes }: ServiceMetricsOptions) {
    this.requests = new RequestMetrics(routes);
    this.#process = new ProcessMetrics(version);
  }

  /** Everything at this moment. */
  families(cache: ObservableCache, database: Pick<Database, 'walBytes'>): MetricFamily[] {
    return [
      ...this.requests.families(),
      ...this.rejections.families(),
      ...this.cacheReads.families(),
      ...this.cacheEvents.families(),
      ...cacheState(cache),
      ...databaseState(database),
      ...this.#process.families(),
    ];
  }
}
