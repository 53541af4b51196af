import { labelledValues, singleValue } from '../prometheus/metric-family.js';
/** Counts the events of the cache and of its store. */
export class CacheEventCounts {
    #events = {
        'edited-value': 0,
        'fill-refused': 0,
        'invalid-value': 0,
        'invalidation-deferred': 0,
        'lease-contended': 0,
        'refresh-failed': 0,
        refreshed: 0,
    };
    #storeErrors = {
        discard: 0,
        fill: 0,
        get: 0,
        'get-many': 0,
        'lease-to-refresh': 0,
        'read-or-lease': 0,
        release: 0,
    };
    #applied = 0;
    countCacheEvent(event) {
        if (event.type === 'store-error') {
            this.#storeErrors[event.operation]++;
        }
        // The auditor counts stale hits itself.
        else if (event.type !== 'stale-hit') {
            this.#events[event.type]++;
        }
    }
    countStoreEvent(event) {
        if (event.type === 'relayed' || event.type === 'recovered') {
            this.#applied += event.applied;
        }
    }
    families() {
        const counter = { type: 'counter', merge: 'sum' };
        return [
            labelledValues({
                name: 'product_api_cache_events_total',
                help: 'Events of the cache other than hits and misses.',
                ...counter,
            }, Object.entries(this.#events).map(([event, count]) => [{ event }, count])),
            labelledValues({
                name: 'product_api_cache_store_errors_total',
                help: 'Failed operations of the cache on its store; the requests were served without the cache.',
                ...counter,
            }, Object.entries(this.#storeErrors).map(([operation, count]) => [{ operation }, count])),
            singleValue({
                name: 'product_api_relay_applied_entries_total',
                help: 'Changes of the database that the relay applied to the cache.',
                ...counter,
            }, this.#applied),
        ];
    }
}
//# sourceMappingURL=cache-event-counts.js.map