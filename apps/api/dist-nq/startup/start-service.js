import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { contract, VERSION } from '@product-api/contract';
import { createApp } from '../app.js';
import { openCache } from '../cache/open-cache.js';
import { drain } from '../http/server/drain.js';
import { createHttpServer } from '../http/server/http-server.js';
import { listen } from '../http/server/listen.js';
import { requestContext } from '../http/server/request-context.js';
import { startPruning } from '../idempotency/prune-records.js';
import { createAccessLog } from '../logging/access-log.js';
import { createRejectionLog } from '../logging/rejection-log.js';
import { recordResponses } from '../metrics/record-responses.js';
import { ServiceMetrics } from '../metrics/service-metrics.js';
import { keepIndexed } from '../products/search/keep-indexed.js';
/**
 * Opens the cache, and listens. Without a reachable Redis the service starts anyway, and serves
 * from the database until Redis can be used.
 */
export async function startService(options) {
    const { config, log, database, group } = options;
    const metrics = new ServiceMetrics({ version: VERSION, routes: contractPaths() });
    const cache = await openCache(config, log.logger, database, metrics.cacheEvents);
    const stopIndexing = keepIndexed({
        database,
        pollMs: config.CACHE_POLL_MS,
        onError: (error) => log.logger.error({ err: error }, 'products not indexed for the search'),
    });
    const ownMetrics = () => metrics.families(cache.observable, database);
    let stopping = false;
    const app = createApp({
        database,
        cache: cache.products,
        cacheCondition: cache.condition,
        logger: log.logger,
        collectMetrics: () => group.collectMetrics(ownMetrics),
        clock: () => new Date(),
        newId: randomUUID,
        isStopping: () => stopping,
    }, {
        bodyLimitBytes: config.BODY_LIMIT_BYTES,
        corsOrigins: config.CORS_ORIGINS,
        stockKeyRequired: config.REQUIRE_IDEMPOTENCY === 'stock',
    });
    const server = createHttpServer({
        application: app,
        bodyLimitBytes: config.BODY_LIMIT_BYTES,
        maxConnections: config.MAX_CONNECTIONS,
        ...requestObservers(log, metrics),
    });
    const url = await listen(server, { host: config.HOST, port: config.PORT });
    const stopPruning = startPruning(database, {
        keepHours: config.IDEMPOTENCY_KEEP_HOURS,
        clock: () => new Date(),
        onFailure(error) {
            // A condition of the database is in the log already.
            const level = database.failureOf(error) === undefined ? 'error' : 'debug';
            log.logger[level]({ err: error }, 'idempotency records not pruned');
        },
    });
    let stopped;
    return {
        url,
        metrics: ownMetrics,
        stop(reason) {
            stopping ||= reason === 'shutdown';
            stopped ??= stopService(server, cache, options, [stopPruning, stopIndexing]);
            return stopped;
        },
    };
}
/** Returns the callbacks of the server that log and count requests, rejections and bugs. */
function requestObservers(log, metrics) {
    const logAccess = createAccessLog(log);
    const recordResponse = recordResponses(metrics);
    const monotonicClock = () => performance.now();
    const rejections = createRejectionLog(log.logger, monotonicClock);
    return {
        beginRequest: requestContext({
            onResponseEnd(response, durationMs) {
                recordResponse(response, durationMs);
                logAccess(response, durationMs);
            },
            monotonicClock,
        }),
        onRejected(message) {
            metrics.rejections.countMessage(message.status);
            rejections.message(message);
        },
        onDropped(remoteAddress) {
            metrics.rejections.countConnection();
            rejections.connection(remoteAddress);
        },
        onUnhandled: (error, { id }) => log.logger.error({ err: error, request_id: id }, 'request not handled: this is a bug'),
    };
}
function contractPaths() {
    return Object.values(contract).flatMap((routes) => Object.values(routes).map(({ path }) => path));
}
async function stopService(server, cache, { config, database, group }, stopTasks) {
    await drain(server, {
        delay: async () => {
            await sleep(config.SHUTDOWN_DELAY_MS);
            await group.mayStopListening();
        },
        timeoutMs: config.SHUTDOWN_TIMEOUT_MS,
    });
    await Promise.all([cache.products.close(), ...stopTasks.map((stop) => stop())]);
    await database.close();
}
//# sourceMappingURL=start-service.js.map