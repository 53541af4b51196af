import cluster from 'node:cluster';
import { createLog } from '../logging/logger.js';
import { failureText } from '../startup/failure-text.js';
import { onStopSignal } from '../startup/on-stop-signal.js';
import { openPreparedDatabase } from '../startup/prepare-database.js';
import { startService } from '../startup/start-service.js';
import { PrimaryLink } from './primary-link.js';
import { stopLimits } from './stop-limits.js';
/**
 * Serves in a worker process until the primary or a signal stops it, or the primary is gone. The
 * primary has migrated the database.
 */
export async function runWorker(config) {
    const log = await createLog(config, 'worker');
    surviveDisconnect();
    let service;
    let stopping = false;
    const stop = (reason) => {
        if (stopping) {
            return;
        }
        stopping = true;
        // Before it listens, it has accepted no request, and its start may wait for a primary that is
        // gone.
        if (!service) {
            process.exit();
        }
        exitAfterAtMost(stopLimits(config).allMs);
        void finish(service, reason, link);
    };
    const link = new PrimaryLink({
        stop,
        report: () => service?.metrics() ?? [],
        disconnected: () => {
            if (!stopping) {
                log.logger.warn('the primary process is gone: stopping');
            }
            stop('shutdown');
        },
    });
    onStopSignal(() => stop('shutdown'));
    try {
        service = await start(config, log, link);
        await link.send({ type: 'listening', url: service.url });
    }
    catch (error) {
        await link.send({ type: 'failed', reason: failureText(error, 'The start of a worker') });
        process.exit(1);
    }
}
async function finish(service, reason, link) {
    await service.stop(reason);
    await link.send({ type: 'report', families: service.metrics() });
    process.exit();
}
/** Ends a stop that takes too long. The primary would kill the worker, but it may be gone. */
function exitAfterAtMost(limitMs) {
    setTimeout(() => process.exit(1), limitMs).unref();
}
async function start(config, log, group) {
    const database = await openPreparedDatabase(config, log.logger);
    return startService({ config, log, database, group });
}
/** Keeps Node from ending the worker at once when the primary is gone, by marking it as leaving. */
function surviveDisconnect() {
    if (cluster.worker) {
        cluster.worker.exitedAfterDisconnect = true;
    }
}
//# sourceMappingURL=run-worker.js.map