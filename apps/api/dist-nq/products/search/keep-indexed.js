import { setTimeout as sleep } from 'node:timers/promises';
import { indexProducts } from '@product-api/database';
/**
 * Indexes products that somebody else than the service has written, a poll after they were written.
 * While the database cannot be used, the next poll tries again.
 *
 * @returns the function that ends this, after the part in progress
 */
export function keepIndexed({ database, pollMs, onError, }) {
    const stop = new AbortController();
    const { signal } = stop;
    const work = async () => {
        while (!signal.aborted) {
            await sleep(pollMs, undefined, { signal, ref: false }).catch(ignore);
            await indexProducts(database, { signal }).catch((error) => {
                // The database reports its own condition, and readiness has it.
                if (database.failureOf(error) === undefined) {
                    onError(error);
                }
            });
        }
    };
    const done = work();
    return async () => {
        stop.abort();
        await done;
    };
}
function ignore() { }
//# sourceMappingURL=keep-indexed.js.map