import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Cores, onCore } from '../machine/cores.js';
import type { LoadResult } from './generator/generator-job.js';

const script = fileURLToPath(new URL('rotate.lua', import.meta.url));

/** What wrk is to send. */
export interface WrkJob {
  readonly port: number;
  readonly connections: number;
  /** A file of requests, as for `GeneratorJob`. */
  readonly requestsFile: string;
  /** Whole seconds, as wrk takes no others. */
  readonly seconds: number;
}

/**
 * Loads a server with wrk, from the core for loads if `pinned`.
 *
 * @throws Error where a connection failed or an answer's status was 400 or above
 */
export async function runWrk(job: WrkJob, cores: Cores, pinned: boolean): Promise<LoadResult> {
  const { port, connections, requestsFile, seconds } = job;
  const [program, ...args] = onCore(cores, pinned ? cores.load : undefined, [
    'wrk',
    ...['-t1', `-c${connections}`, `-d${Math.ceil(seconds)}s`, '--timeout', '10s', '-s', script],
    `http://127.0.0.1:${port}`,
    ...['--', requestsFile],
  ]);
  const { stdout } = await promisify(execFile)(program, args);
  // The last line is what rotate.lua prints.
  const seen = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as LoadResult & {
    readonly errors: number;
  };
  const { errors, ...result } = seen;
  if (errors > 0) {
    throw new Error(`wrk saw ${errors} errors:\n${stdout}`);
  }
  return result;
}

/** Whether wrk can be run here. */
export function findWrk(): Promise<boolean> {
  return promisify(execFile)('wrk', ['-v']).then(
    () => true,
    // It prints its version and ends with code 1.
    (error: { readonly code?: unknown }) => error.code === 1,
  );
}
