import { installDependencies } from './install-dependencies.js';
import { turbo } from './turbo.js';

/** Milliseconds after which a preparation shows its output. */
const QUIET_MS = 1500;

/**
 * Installs missing dependencies, and runs a task of turbo for the service and the command. Writes
 * to standard error only.
 *
 * @param {string} [task] `build` or `generate`; default: none
 * @returns {Promise<number>} 0 when everything is there, else an exit code
 */
export async function prepare(task) {
  try {
    await installDependencies();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    return 1;
  }
  const apps = ['--filter=@product-api/api...', '--filter=@product-api/cli...'];
  return task === undefined ? 0 : turbo(['run', task, ...apps], { quietMs: QUIET_MS });
}
