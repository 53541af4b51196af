import cluster from 'node:cluster';
import type { Logger } from 'pino';
import type { Config } from '../config.js';
import { logListening } from '../log-listening.js';
import { onStopSignal } from '../on-stop-signal.js';
import { prepareDatabase } from '../prepare-database.js';
import { Supervisor } from './supervisor.js';

/** Milliseconds that workers without slow requests take at most to stop, after the delay that is set. */
const USUAL_STOP_MS = 1000;

/** Milliseconds that a stop may take beyond all these times. */
const STOP_MARGIN_MS = 2000;

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
  await (await prepareDatabase(config, logger)).close();
  // Workers accept for themselves: docs/decisions/007-workers-accept-for-themselves.md.
  cluster.schedulingPolicy = cluster.SCHED_NONE;
  cluster.setupPrimary({ exec: program, args: [], serialization: 'advanced' });
  const othersLimitMs = config.SHUTDOWN_DELAY_MS + USUAL_STOP_MS;
  const supervisor = new Supervisor({
    logger,
    workers,
    othersLimitMs,
    stopLimitMs: othersLimitMs + config.SHUTDOWN_TIMEOUT_MS + STOP_MARGIN_MS,
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
