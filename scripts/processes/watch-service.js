import { createRequire } from 'node:module';
import { join } from 'node:path';
import { repository } from '../repository.js';
import { run } from './run.js';

/**
 * Runs the sources of the service, and restarts it on changes. Its working directory is the root
 * folder, so that it has the settings and the database of npm start.
 *
 * @returns {Promise<number>} the exit code
 */
export function watchService() {
  const service = join(repository, 'apps', 'api');
  const tsx = createRequire(join(service, 'package.json')).resolve('tsx/cli');
  const options = ['--clear-screen=false', '--conditions=@product-api/source'];
  return run(process.execPath, [tsx, 'watch', ...options, join(service, 'src', 'main.ts')], {
    cwd: repository,
  });
}
