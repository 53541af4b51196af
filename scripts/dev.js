// npm run dev: the sources of the service, restarted on changes, with the settings and the database
// of npm start.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { endWithParent } from './end-with-parent.js';
import { prepare } from './prepare.js';
import { repository } from './repository.js';
import { run } from './run.js';

endWithParent();
const service = join(repository, 'apps', 'api');
process.exitCode = (await prepare('generate')) || (await watch());

function watch() {
  const tsx = createRequire(join(service, 'package.json')).resolve('tsx/cli');
  const options = ['--clear-screen=false', '--conditions=@product-api/source'];
  return run(process.execPath, [tsx, 'watch', ...options, join(service, 'src', 'main.ts')], {
    cwd: repository,
  });
}
