import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Cores, onCore } from '../machine/cores.js';
import type { GeneratorJob, LoadResult } from './generator/generator-job.js';

const program = fileURLToPath(new URL('../../dist/http/load/generator/main.js', import.meta.url));

/**
 * Loads a server with this repository's own generator, from the core for loads if `pinned`.
 *
 * @throws Error where an answer had another status than the job says
 */
export async function runGenerator(
  job: GeneratorJob,
  cores: Cores,
  pinned: boolean,
): Promise<LoadResult> {
  const [file, ...args] = onCore(cores, pinned ? cores.load : undefined, [
    process.execPath,
    program,
    JSON.stringify(job),
  ]);
  const { stdout } = await promisify(execFile)(file, args);
  // The program prints this type.
  return JSON.parse(stdout) as LoadResult;
}
