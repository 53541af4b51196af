import { CacheEventCounts } from './collectors/cache-event-counts.js';
import { CacheReads } from './collectors/cache-reads.js';
import { cacheState } from './collectors/cache-state.js';
import { databaseState } from './collectors/database-state.js';
import { ProcessMetrics } from './collectors/process-metrics.js';
import { Rejections } from './collectors/rejections.js';
import { RequestMetrics } from './collectors/request-metrics.js';
/** All metrics of one process. */
export class ServiceMetrics {
    requests;
    cacheReads = new CacheReads();
    cacheEvents = new CacheEventCounts();
    rejections = new Rejections();
    #process;
    constructor({ version, routes }) {
        this.requests = new RequestMetrics(routes);
        this.#process = new ProcessMetrics(version);
    }
    /** Returns the current values of all metrics. */
    families(cache, database) {
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
//# sourceMappingURL=service-metrics.js.map