import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { prepare } from './prepare.js';
import { repository } from './repository.js';

/**
 * Installs and builds what is missing, and then runs a built program in this process, so that
 * signals and the terminal reach it. The program reads the arguments of this process, and sets the
 * exit code.
 *
 * @param {string} program its path in the repository
 */
export async function launch(program) {
  const code = await prepare('build');
  if (code === 0) {
    await import(pathToFileURL(join(repository, program)).href);
  } else {
    process.exitCode = code;
  }
}
