import { requireFreeAddress } from '../http/server/listen.js';
import { workerGauges } from '../metrics/collectors/worker-gauges.js';
import { logListening } from './log-listening.js';
import { onStopSignal } from './on-stop-signal.js';
import { prepareDatabase } from './prepare-database.js';
import { startService } from './start-service.js';
/** Serves in this process, without workers, until a signal stops it. */
export async function serveInOneProcess(config, log) {
    const { logger } = log;
    await requireFreeAddress({ host: config.HOST, port: config.PORT });
    const database = await prepareDatabase(config, logger);
    const service = await startService({ config, log, database, group: singleProcess });
    logListening(logger, config, service.url, 1);
    onStopSignal(() => {
        logger.info('Product API is stopping');
        void exitAfter(service);
    });
}
async function exitAfter(service) {
    await service.stop('shutdown');
    process.exit();
}
const singleProcess = {
    collectMetrics: async (own) => [...own(), ...workerGauges({ running: 1, missing: 0, died: 0 })],
    mayStopListening: async () => undefined,
};
//# sourceMappingURL=serve-in-one-process.js.map