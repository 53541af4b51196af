import cluster from 'node:cluster';
import { inspect } from 'node:util';
import { DatabaseError } from '@product-api/database';
import type { Config } from '../config.js';
import { createLog, type Log } from '../logger.js';
import { onStopSignal } from '../on-stop-signal.js';
import { openPreparedDatabase } from '../prepare-database.js';
import { type RunningService, type StopReason, startService } from '../start-service.js';
import { deferred } from './deferred.js';
import { PrimaryLink } from './primary-link.js';

/**
 * Serves in a worker process until the primary, a signal, or the primary's own end ends it. The
 * database has been brought up to date by the primary.
 */
export async function runWorker(config: Config): Promise<void> {
  const log = createLog(config, 'worker');
  stayWithoutPrimary();
  let service: RunningService | undefined;
  const { promise: started, resolve } = deferred<RunningService>();
  const stop = async (reason: StopReason) => {
    const { metrics, stop } = await started;
    await stop(reason);
    await link.send({ type: 'report', families: metrics() });
    process.exit();
  };
  const link = new PrimaryLink({
    stop: (reason) => void stop(reason),
    report: () => service?.metrics() ?? [],
    orphaned: () => {
      log.logger.warn('the primary process is gone: stopping');
      void stop('shutdown');
    },
  });
  onStopSignal(() => void stop('shutdown'));
  try {
    service = await start(config, log, link);
    resolve(service);
    await link.send({ type: 'listening', url: service.url });
  } catch (error) {
    await link.send({
      type: 'failed',
      reason: error instanceof DatabaseError ? error.message : inspect(error),
    });
    process.exit(1);
  }
}

async function start(config: Config, log: Log, group: PrimaryLink): Promise<RunningService> {
  const database = await openPreparedDatabase(config, log.logger);
  return startService({ config, log, database, group });
}

/** Node ends a worker at once when its primary is gone, unless the worker is about to leave anyway. */
function stayWithoutPrimary(): void {
  if (cluster.worker) cluster.worker.exitedAfterDisconnect = true;
}
