import { singleValue } from '../prometheus/metric-family.js';
/** Returns the current state of the cache. Merging several processes keeps the worst value. */
export function cacheState({ state, isFull, audits, relayStatus, }) {
    const { checked, stale } = audits();
    const relay = relayStatus();
    return [
        singleValue({
            name: 'product_api_cache_ready',
            help: '1 while the cache is used, 0 while requests are served without it.',
            type: 'gauge',
            merge: 'min',
        }, state() === 'ready' ? 1 : 0),
        singleValue({
            name: 'product_api_cache_full',
            help: '1 while Redis has no memory left for new entries, else 0.',
            type: 'gauge',
            merge: 'max',
        }, isFull() ? 1 : 0),
        ...(relay ? [relayLag(relay)] : []),
        total('product_api_cache_audits_total', 'Cache hits that were compared with the database.', checked),
        total('product_api_cache_stale_hits_total', 'Audited hits that proved to be stale.', stale),
    ];
}
function relayLag({ lagMs }) {
    const description = {
        name: 'product_api_relay_lag_seconds',
        help: 'Time since the cache was last found up to date with the database.',
        type: 'gauge',
        merge: 'max',
    };
    return singleValue(description, lagMs / 1000);
}
function total(name, help, value) {
    return singleValue({ name, help, type: 'counter', merge: 'sum' }, value);
}
//# sourceMappingURL=cache-state.js.map