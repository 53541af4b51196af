import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { temporaryFolder } from '@product-api/testing';
import { type Cores, onCore } from '../run/machine.js';

/** An HTTP request; the body is JSON text. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A load to send to a server on this machine. */
export interface LoadJob {
  readonly port: number;
  readonly connections: number;
  readonly requests: readonly HttpRequest[];
  /** The status that every response must have. */
  readonly status: number;
  readonly pace: Pace;
}

/**
 * When to stop: after `count` requests, or after `seconds`. Each connection sends its next request
 * as soon as it has a response, or at fixed times that make `perSecond` over all connections.
 */
export type Pace =
  | { readonly count: number }
  | { readonly seconds: number; readonly perSecond?: number };

/** The measurements of a load generator. */
export interface LoadResult {
  readonly requests: number;
  readonly seconds: number;
  readonly p50Micros: number;
  readonly p99Micros: number;
}

/** Whether wrk is installed, and from which core a load is sent. */
export interface Sender {
  readonly wrk: boolean;
  readonly cores: Cores;
  readonly pinned: boolean;
}

const wrkScript = fileURLToPath(new URL('wrk.lua', import.meta.url));
const autocannon = fileURLToPath(new URL('../../dist/http/load/autocannon.js', import.meta.url));

/**
 * Sends a load: with wrk for whole seconds if it is installed, else with autocannon.
 *
 * @throws {Error} when a request fails, a response has an unexpected status (with wrk: 400 or above),
 *   or a constant rate is wanted without wrk
 */
export async function sendLoad(job: LoadJob, sender: Sender): Promise<LoadResult> {
  const { port, connections, requests, pace } = job;
  const folder = await temporaryFolder();
  const file = folder.file('requests');
  try {
    if (sender.wrk && 'seconds' in pace && Number.isInteger(pace.seconds)) {
      await writeFile(file, requests.map(wireText).join(''));
      return await run(sender, [
        ...['wrk', '-t1', `-c${connections}`, `-d${pace.seconds}s`, '--timeout', '10s'],
        ...['-s', wrkScript, `http://127.0.0.1:${port}`],
        ...['--', file, String(pace.perSecond ?? 0)],
      ]);
    }
    if ('seconds' in pace && pace.perSecond !== undefined) {
      throw new Error('A constant rate needs wrk, and a whole number of seconds');
    }
    await writeFile(file, JSON.stringify(job));
    return await run(sender, [process.execPath, autocannon, file]);
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

/** Runs a generator whose last line of output is a LoadResult. */
async function run({ cores, pinned }: Sender, command: readonly string[]): Promise<LoadResult> {
  const [program = '', ...args] = onCore(cores, pinned ? cores.load : undefined, command);
  const { stdout } = await promisify(execFile)(program, args);
  const line = stdout.trim().split('\n').at(-1) ?? '';
  const { errors = 0, ...result } = JSON.parse(line) as LoadResult & { readonly errors?: number };
  if (errors > 0) {
    throw new Error(`${errors} requests failed:\n${stdout}`);
  }
  return result;
}

/** Returns a request as it goes over the wire, with a separator that JSON escapes. */
function wireText({ method, path, headers, body }: HttpRequest): string {
  const json = body !== undefined && {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
  };
  const lines = Object.entries({ Host: '127.0.0.1', ...headers, ...json }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  return `${[`${method} ${path} HTTP/1.1`, ...lines, '', body ?? ''].join('\r\n')}\x1e`;
}
