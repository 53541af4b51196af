import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { repository } from '../repository.js';
import { prepare } from './prepare.js';

/**
 * Installs and builds what is missing, and then runs a built program in this process, so that
 * signals and the terminal reach it. The program reads the arguments of this process, and sets the
 * exit code.
 *
 * @param {string} program its path in the repository
 * @param {{ rebuild?: boolean }} [options] `rebuild`: also build what is older than its sources.
 *   Default: false, because turbo writes built files again that a running service may be loading.
 */
export async function launch(program, { rebuild = false } = {}) {
  const file = join(repository, program);
  const code = await prepare(rebuild || !existsSync(file) ? 'build' : undefined);
  if (code === 0) {
    await import(pathToFileURL(file).href);
  } else {
    process.exitCode = code;
  }
}
