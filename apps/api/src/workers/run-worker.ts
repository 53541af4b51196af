import cluster from 'node:cluster';
import type { Config } from '../config/config.js';
import { createLog, type Log } from '../logging/logger.js';
import { failureText } from '../startup/failure-text.js';
import { onStopSignal } from '../startup/on-stop-signal.js';
import { openPreparedDatabase } from '../startup/prepare-database.js';
import { type RunningService, type StopReason, startService } from '../startup/start-service.js';
import { PrimaryLink } from './primary-link.js';
import { stopLimits } from './stop-limits.js';

/**
 * Serves in a worker process until the primary, a signal, or the primary's own end ends it. The
 * database has been brought up to date by the primary.
 */
export async function runWorker(config: Config): Promise<void> {
  const log = createLog(config, 'worker');
  stayWithoutPrimary();
  let service: RunningService | undefined;
  let stopping = false;
  const stop = (reason: StopReason) => {
    if (stopping) {
      return;
    }
    stopping = true;
    // Before it listens it has accepted nothing, and a start may wait for a primary that is gone.
    if (!service) {
      process.exit();
    }
    exitAtTheLatestAfter(stopLimits(config).allMs);
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
  } catch (error) {
    await link.send({ type: 'failed', reason: failureText(error, 'The start of a worker') });
    process.exit(1);
  }
}

async function finish(
  service: RunningService,
  reason: StopReason,
  link: PrimaryLink,
): Promise<void> {
  await service.stop(reason);
  await link.send({ type: 'report', families: service.metrics() });
  process.exit();
}

/** The primary kills workers that take too long; one that has outlived its primary ends itself. */
function exitAtTheLatestAfter(limitMs: number): void {
  setTimeout(() => process.exit(1), limitMs).unref();
}

async function start(config: Config, log: Log, group: PrimaryLink): Promise<RunningService> {
  const database = await openPreparedDatabase(config, log.logger);
  return startService({ config, log, database, group });
}

/** Node ends a worker at once when its primary is gone, unless the worker is about to leave anyway. */
function stayWithoutPrimary(): void {
  if (cluster.worker) {
    cluster.worker.exitedAfterDisconnect = true;
  }
}
