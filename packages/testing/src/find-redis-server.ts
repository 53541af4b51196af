import { testEnvironment } from './environment.js';
import { findProgram } from './find-program.js';
import { MissingProgramError } from './missing-program-error.js';

/**
 * The path of redis-server: the one that REDIS_SERVER_PATH names, else the first on the PATH.
 *
 * @throws MissingProgramError when there is none; the `provision` task can install it.
 */
export async function findRedisServer(): Promise<string> {
  const { redisServerPath } = testEnvironment();
  // Debian's package redis-tools has the whole server under the name redis-check-rdb, without the
  // system service that the package redis-server brings. Called as redis-server, it is the server.
  const names = ['redis-server', 'redis-check-rdb'];
  const found = redisServerPath ?? (await findProgram(names));
  if (found === undefined) {
    throw new MissingProgramError('redis-server', {
      debian: 'apt-get install redis-server',
      macos: 'brew install redis',
      setting: 'REDIS_SERVER_PATH',
      need: 'redis',
    });
  }
  return found;
}
