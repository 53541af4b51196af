import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { temporaryFolder } from '@product-api/testing';
import { type Cores, onCore } from '../run/machine.js';
import type { HttpRequest, LoadJob, LoadResult } from './load-job.js';

const wrkScript = fileURLToPath(new URL('wrk.lua', import.meta.url));
const autocannonProgram = fileURLToPath(
  new URL('../../dist/http/load/autocannon.js', import.meta.url),
);

/** Marks the end of a request in wrk's file: a control character that JSON escapes. */
const REQUEST_END = '\x1e';

/** Which generator sends a load, and from which core. */
export interface Sender {
  readonly cores: Cores;
  /** Whether the generator is kept on the core for loads. */
  readonly pinned: boolean;
  /** Whether wrk is installed. Without it autocannon sends everything, and nothing has a constant rate. */
  readonly wrk: boolean;
}

/**
 * Sends a load: with wrk for whole seconds if it is installed, else with autocannon.
 *
 * @throws {Error} when a request fails or a response has an unexpected status (wrk: 400 or above),
 *   or when the pace needs wrk and there is none
 */
export async function sendLoad(job: LoadJob, sender: Sender): Promise<LoadResult> {
  const folder = await temporaryFolder();
  try {
    const file = folder.file('requests');
    const { pace } = job;
    if (sender.wrk && 'seconds' in pace && Number.isInteger(pace.seconds)) {
      await writeFile(
        file,
        job.requests.map((request) => wireText(request) + REQUEST_END).join(''),
      );
      return await runWrk(job, { file, ...pace }, sender);
    }
    if ('seconds' in pace && pace.perSecond !== undefined) {
      throw new Error('A constant rate needs wrk, and a whole number of seconds');
    }
    await writeFile(file, JSON.stringify(job));
    // The program prints this type.
    return JSON.parse(await run([process.execPath, autocannonProgram, file], sender)) as LoadResult;
  } finally {
    await folder.remove();
  }
}

/** Whether wrk can be run on this machine. */
export function hasWrk(): Promise<boolean> {
  return promisify(execFile)('wrk', ['-v']).then(
    () => true,
    // It prints its version and ends with exit code 1.
    (error: { readonly code?: unknown }) => error.code === 1,
  );
}

interface WrkRun {
  readonly file: string;
  readonly seconds: number;
  readonly perSecond?: number;
}

async function runWrk(
  { port, connections }: LoadJob,
  { file, seconds, perSecond = 0 }: WrkRun,
  sender: Sender,
): Promise<LoadResult> {
  const options = ['-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', '10s', '-s', wrkScript];
  const url = `http://127.0.0.1:${port}`;
  const stdout = await run(['wrk', ...options, url, '--', file, String(perSecond)], sender);
  // wrk.lua prints the last line.
  const { errors, ...result } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as LoadResult & {
    readonly errors: number;
  };
  if (errors > 0) {
    throw new Error(`wrk counted ${errors} errors:\n${stdout}`);
  }
  return result;
}

async function run(command: readonly [string, ...string[]], sender: Sender): Promise<string> {
  const core = sender.pinned ? sender.cores.load : undefined;
  const [program, ...args] = onCore(sender.cores, core, command);
  const { stdout } = await promisify(execFile)(program, args);
  return stdout;
}

function wireText({ method, path, headers = {}, body }: HttpRequest): string {
  const lines = Object.entries({ Host: '127.0.0.1', ...headers }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  if (body !== undefined) {
    lines.push('Content-Type: application/json', `Content-Length: ${Buffer.byteLength(body)}`);
  }
  return [`${method} ${path} HTTP/1.1`, ...lines, '', body ?? ''].join('\r\n');
}
