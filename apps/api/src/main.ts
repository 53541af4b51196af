import cluster from 'node:cluster';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { processEnvironment, readConfig } from './config/config.js';
import { warnOfUnknownVariables } from './config/unknown-variables.js';
import { requireFreeAddress } from './http/server/listen.js';
import { createLog } from './logging/logger.js';
import { endWithFailure } from './startup/end-with-failure.js';
import { chooseWorkerCount } from './workers/worker-count.js';

process.on('uncaughtException', (error) => endWithFailure(error, 'The service'));
try {
  const environment = processEnvironment();
  const config = readConfig(environment);
  // Modules are loaded when they are used: the primary of several processes serves no requests.
  if (cluster.isWorker) {
    const { runWorker } = await import('./workers/run-worker.js');
    await runWorker(config);
  } else {
    const log = await createLog(config);
    const { logger } = log;
    warnOfUnknownVariables(logger, environment);
    const workers = chooseWorkerCount(config, logger, availableParallelism());
    await requireFreeAddress({ host: config.HOST, port: config.PORT });
    if (workers === 1) {
      const { serveInOneProcess } = await import('./startup/serve-in-one-process.js');
      await serveInOneProcess(config, log);
    } else {
      const { serveWithWorkers } = await import('./workers/serve-with-workers.js');
      await serveWithWorkers({ config, logger, workers, program: fileURLToPath(import.meta.url) });
    }
  }
} catch (error) {
  endWithFailure(error, 'The start of the service');
}
