import cluster from 'node:cluster';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { processEnvironment, readConfig } from './config/config.js';
import { warnOfUnknownVariables } from './config/unknown-variables.js';
import { createLog } from './logging/logger.js';
import { endWithFailure } from './startup/end-with-failure.js';
import { serveInOneProcess } from './startup/serve-in-one-process.js';
import { runWorker } from './workers/run-worker.js';
import { serveWithWorkers } from './workers/serve-with-workers.js';
import { chooseWorkerCount } from './workers/worker-count.js';

process.on('uncaughtException', (error) => endWithFailure(error, 'The service'));
try {
  const environment = processEnvironment();
  const config = readConfig(environment);
  if (cluster.isWorker) {
    await runWorker(config);
  } else {
    const log = await createLog(config);
    const { logger } = log;
    warnOfUnknownVariables(logger, environment);
    const workers = chooseWorkerCount(config, logger, availableParallelism());
    if (workers === 1) {
      await serveInOneProcess(config, log);
    } else {
      await serveWithWorkers({ config, logger, workers, program: fileURLToPath(import.meta.url) });
    }
  }
} catch (error) {
  endWithFailure(error, 'The start of the service');
}
