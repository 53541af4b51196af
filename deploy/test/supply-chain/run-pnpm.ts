import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { repositoryPath } from '../repository-file.ts';

/** More than pnpm prints about all packages. */
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

/** Runs the pnpm of the repository in its root folder, and returns its standard output. */
export async function runPnpm(args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(repositoryPath('node_modules/.bin/pnpm'), args, {
    cwd: repositoryPath(''),
    maxBuffer: MAX_OUTPUT_BYTES,
  });
  return stdout;
}
