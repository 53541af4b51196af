import { testEnvironment } from './environment.js';
import { findProgram, firstExecutable } from './find-program.js';
import { MissingProgramError } from './missing-program-error.js';

/**
 * Returns the path of nginx: the one that NGINX_PATH names, else the first on the PATH, else Debian's,
 * whose folder is on the PATH of root only.
 *
 * @throws MissingProgramError when there is none; the `provision` task can install it.
 */
export async function findNginx(): Promise<string> {
  const found =
    testEnvironment().nginxPath ??
    (await findProgram(['nginx'])) ??
    (await firstExecutable(['/usr/sbin/nginx']));
  if (found === undefined) {
    throw new MissingProgramError('nginx', {
      debian: 'apt-get install nginx',
      macos: 'brew install nginx',
      setting: 'NGINX_PATH',
      need: 'nginx',
    });
  }
  return found;
}
