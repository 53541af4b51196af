import { BusyDatabaseError, UnusableDatabaseError } from '@product-api/database';
import { DomainError } from '../errors.js';
/** The service cannot serve requests at present. The message says why. */
export class NotReadyError extends DomainError {
    name = 'NotReadyError';
    kind = 'service-unavailable';
}
/** The service cannot serve requests, and its log has said once why. */
class LoggedNotReadyError extends NotReadyError {
    isLogged = true;
}
/** Decides whether requests should be sent to this process. */
export class HealthService {
    #options;
    constructor(options) {
        this.#options = options;
    }
    /**
     * Returns the readiness. A cache that cannot be used, or a database that refuses changes, only
     * degrades the service.
     *
     * @throws {NotReadyError} when requests cannot be served
     */
    async readiness() {
        const { databaseCondition, cacheCondition, isStopping } = this.#options;
        if (isStopping()) {
            throw new LoggedNotReadyError('The service is stopping');
        }
        const database = await databaseCondition().catch((cause) => {
            if (cause instanceof UnusableDatabaseError) {
                throw new LoggedNotReadyError(cause.message, { cause });
            }
            const isExplained = cause instanceof BusyDatabaseError;
            const reason = isExplained ? cause.message : 'The database does not respond';
            throw new NotReadyError(reason, { cause });
        });
        const cache = cacheCondition();
        const reasons = [database.reason, cache.reason].filter((reason) => reason !== undefined);
        return {
            status: database.state === 'ok' && cache.state === 'ok' ? 'ok' : 'degraded',
            database: database.state,
            cache: cache.state,
            ...(reasons.length > 0 && { reasons }),
        };
    }
}
//# sourceMappingURL=health-service.js.map