/** Logs an event of the cache; events of normal operation at level debug. */
export function logCacheEvent(logger, event) {
    switch (event.type) {
        case 'invalid-value':
            // Without the value: whoever wrote it to Redis must not be able to write to the log.
            logger.warn({ key: event.key }, 'invalid value in the cache: deleted');
            break;
        case 'edited-value':
            logger.warn({ key: event.key }, 'value in the cache was edited: it is served in the form of the service');
            break;
        case 'stale-hit':
            logger.warn(event, 'stale value in the cache');
            break;
        case 'refresh-failed':
            logger.debug({ key: event.key, err: event.error }, 'cache refresh failed');
            break;
        case 'store-error':
            logger.debug({ operation: event.operation, key: event.key, err: event.error }, 'cache error');
            break;
        default:
            logger.debug(event, 'cache event');
    }
}
//# sourceMappingURL=cache-log.js.map