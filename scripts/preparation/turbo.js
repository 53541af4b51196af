import { delimiter, join } from 'node:path';
import { run } from '../processes/run.js';
import { repository } from '../repository.js';

/**
 * Runs turbo. The dependencies must be installed.
 *
 * @param {readonly string[]} args
 * @param {{ quietMs?: number }} [options] see `run`
 * @returns {Promise<number>} its exit code
 */
export function turbo(args, options) {
  const program = join(repository, 'node_modules', 'turbo', 'bin', 'turbo');
  return run(process.execPath, [program, ...args], {
    cwd: repository,
    env: {
      ...process.env,
      // Turbo runs the installed pnpm. npm sets this path too, but not everything is run by npm.
      PATH: [join(repository, 'node_modules', '.bin'), process.env['PATH']].join(delimiter),
      TURBO_TELEMETRY_DISABLED: '1',
      TURBO_NO_UPDATE_NOTIFIER: '1',
    },
    ...options,
  });
}
