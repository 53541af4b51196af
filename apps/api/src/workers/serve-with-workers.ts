import cluster from 'node:cluster';
import type { Logger } from 'pino';
import type { Config } from '../config/config.js';
import { requireFreeAddress } from '../http/server/listen.js';
import { logListening } from '../startup/log-listening.js';
import { onStopSignal } from '../startup/on-stop-signal.js';
import { prepareDatabase } from '../startup/prepare-database.js';
import { stopLimits } from './stop-limits.js';
import { Supervisor } from './supervisor.js';

/** What is served, and by how many. */
export interface WorkersOptions {
  readonly config: Config;
  readonly logger: Logger;
  readonly workers: number;
  /** The file that each worker runs. */
  readonly program: string;
}

/**
 * Serves in worker processes, until a signal ends them; SIGHUP restarts them one at a time. This
 * process, the primary, brings the database up to date before and takes no requests itself.
 *
 * @throws WorkerStartError when they cannot serve
 */
export async function serveWithWorkers(options: WorkersOptions): Promise<void> {
  const { config, logger, workers, program } = options;
  await requireFreeAddress({ host: config.HOST, port: config.PORT });
  await (await prepareDatabase(config, logger)).close();
  // Workers accept for themselves: docs/decisions/007-workers-accept-for-themselves.md.
  cluster.schedulingPolicy = cluster.SCHED_NONE;
  cluster.setupPrimary({ exec: program, args: [], serialization: 'advanced' });
  const supervisor = new Supervisor({
    logger,
    workers,
    stopLimits: stopLimits(config),
    onGiveUp: () => {
      logger.fatal('workers end as soon as they start, again and again: giving up');
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
