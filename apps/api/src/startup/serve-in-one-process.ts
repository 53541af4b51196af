import type { Config } from '../config/config.js';
import type { Log } from '../logging/logger.js';
import { workerGauges } from '../metrics/collectors/worker-gauges.js';
import { logListening } from './log-listening.js';
import { onStopSignal } from './on-stop-signal.js';
import { prepareDatabase } from './prepare-database.js';
import { type RunningService, type ServiceGroup, startService } from './start-service.js';

/** Serves in this process, without workers, until a signal stops it. */
export async function serveInOneProcess(config: Config, log: Log): Promise<void> {
  const { logger } = log;
  const database = await prepareDatabase(config, logger);
  const service = await startService({ config, log, database, group: singleProcess });
  logListening(logger, config, service.url, 1);
  onStopSignal(() => {
    logger.info('Product API is stopping');
    void exitAfter(service);
  });
}

async function exitAfter(service: RunningService): Promise<void> {
  await service.stop('shutdown');
  process.exit();
}

const singleProcess: ServiceGroup = {
  collectMetrics: async (own) => [...own(), ...workerGauges({ running: 1, missing: 0, died: 0 })],
  mayStopListening: async () => undefined,
};
