import { formatRedisAddress } from '@product-api/cache';
import { redisFailureSentence } from './redis-failure-text.js';
/** Returns the condition of a cache in Redis, with reason and remedy if it is not fully used. */
export function redisCondition(condition, address) {
    if (condition.state === 'ready') {
        return { state: 'ok' };
    }
    const { state, failure } = condition;
    return {
        state,
        reason: failure
            ? redisFailureSentence(failure, address)
            : `Redis at ${formatRedisAddress(address)} has not replied yet`,
    };
}
/**
 * Returns the condition of a cache in this process.
 *
 * @param separateCaches the reason to give while the cache is used, see `separateCachesReason`
 */
export function memoryCondition(state, separateCaches) {
    return state === 'ready'
        ? { state: 'ok', reason: separateCaches }
        : { state, reason: 'The change log of the database has not been read yet: see the log' };
}
//# sourceMappingURL=cache-condition.js.map