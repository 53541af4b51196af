import cluster from 'node:cluster';
import type { Logger } from 'pino';
import type { Config } from '../config/config.js';
import { logListening } from '../startup/log-listening.js';
import { onStopSignal } from '../startup/on-stop-signal.js';
import { prepareDatabase } from '../startup/prepare-database.js';
import { stopLimits } from './stop-limits.js';
import { Supervisor } from './supervisor.js';

/** Options for serving with workers. */
export interface WorkersOptions {
  readonly config: Config;
  readonly logger: Logger;
  readonly workers: number;
  /** The file that workers run. */
  readonly program: string;
}

/**
 * Serves in worker processes until a signal stops them. SIGHUP restarts them one at a time. This
 * process, the primary, migrates the database first, and accepts no requests itself.
 *
 * @throws {WorkerStartError} when a worker cannot serve
 */
export async function serveWithWorkers(options: WorkersOptions): Promise<void> {
  const { config, logger, workers, program } = options;
  await (await prepareDatabase(config, logger)).close();
  // Workers accept connections themselves: docs/decisions/007-workers-accept-for-themselves.md.
  cluster.schedulingPolicy = cluster.SCHED_NONE;
  cluster.setupPrimary({ exec: program, args: [], serialization: 'advanced' });
  const supervisor = new Supervisor({
    logger,
    workers,
    stopLimits: stopLimits(config),
    onGiveUp: () => {
      logger.fatal('workers keep ending right after their start: giving up');
      void exitAfter(supervisor, 1);
    },
  });
  logListening(logger, config, await supervisor.start(), workers);
  process.on('SIGHUP', () => void supervisor.restart());
  onStopSignal(() => {
    logger.info('Product API is stopping');
    void exitAfter(supervisor, 0);
  });
}

async function exitAfter(supervisor: Supervisor, code: number): Promise<void> {
  await supervisor.stop();
  process.exit(code);
}
