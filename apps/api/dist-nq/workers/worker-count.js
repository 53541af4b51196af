/**
 * Returns the number of processes that serve: `WORKERS`, or for `auto` one for each core in
 * production and one elsewhere.
 *
 * Without Redis it is always one. Each process would have its own cache, and see the writes of
 * another only at its next poll of the change log, so a read could be older than an acknowledged
 * write.
 */
export function chooseWorkerCount(config, logger, cores) {
    const { WORKERS, NODE_ENV, REDIS_URL } = config;
    const automatic = NODE_ENV === 'production' ? cores : 1;
    const wanted = WORKERS === 'auto' ? automatic : WORKERS;
    if (wanted === 1 || REDIS_URL) {
        return wanted;
    }
    logger[WORKERS === 'auto' ? 'info' : 'warn']({ wanted }, 'serving with one process, as the cache is in it: set REDIS_URL to use more');
    return 1;
}
//# sourceMappingURL=worker-count.js.map