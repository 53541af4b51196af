import { dialectOf } from '@product-api/database';
/**
 * Explains the weaker promise of a cache in the process, if several hosts can use the database. A
 * SQLite file is on one machine, so for it the result is undefined.
 */
export function separateCachesReason({ DATABASE_URL, CACHE_POLL_MS, }) {
    if (dialectOf(DATABASE_URL) === 'sqlite') {
        return undefined;
    }
    return `Each host has a cache of its own, so a read can be older than a write on another host, for up to ${CACHE_POLL_MS} ms and a round trip: if several hosts use this database, set REDIS_URL`;
}
//# sourceMappingURL=separate-caches.js.map