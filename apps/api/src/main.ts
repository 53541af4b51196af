import { inspect } from 'node:util';
import { processEnvironment, readConfig } from './config.js';
import { ConfigError } from './config-error.js';
import { createLogger } from './logger.js';
import { type RunningService, startService } from './start-service.js';

try {
  const config = readConfig(processEnvironment());
  const logger = createLogger(config);
  const service = await startService(config, logger);
  // npm passes on a Ctrl-C that the terminal has sent already, so a signal may come twice.
  process.on('SIGTERM', () => exitAfter(service));
  process.on('SIGINT', () => exitAfter(service));
} catch (error) {
  // A configuration's faults are the operator's to mend, who needs no stack trace for that.
  const text = error instanceof ConfigError ? error.message : inspect(error);
  process.stderr.write(`${text}\n`);
  process.exitCode = 1;
}

async function exitAfter(service: RunningService): Promise<void> {
  await service.stop();
  process.exit();
}
