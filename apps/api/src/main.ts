import cluster from 'node:cluster';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { DatabaseError } from '@product-api/database';
import { processEnvironment, readConfig } from './config.js';
import { ConfigError } from './config-error.js';
import { createLog } from './logger.js';
import { serveAlone } from './serve-alone.js';
import { runWorker } from './workers/run-worker.js';
import { serveWithWorkers } from './workers/serve-with-workers.js';
import { chooseWorkerCount } from './workers/worker-count.js';
import { WorkerStartError } from './workers/worker-start-error.js';

try {
  const config = readConfig(processEnvironment());
  if (cluster.isWorker) {
    await runWorker(config);
  } else {
    const log = createLog(config);
    const { logger } = log;
    const workers = chooseWorkerCount(config, logger, availableParallelism());
    if (workers === 1) await serveAlone(config, log);
    else
      await serveWithWorkers({ config, logger, workers, program: fileURLToPath(import.meta.url) });
  }
} catch (error) {
  // What an operator is to mend, or a worker has reported with its own stack, needs no other.
  const isComplete =
    error instanceof ConfigError ||
    error instanceof DatabaseError ||
    error instanceof WorkerStartError;
  const text = isComplete ? error.message : inspect(error);
  process.stderr.write(`${text}\n`);
  process.exitCode = 1;
}
