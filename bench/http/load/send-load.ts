import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { findWrk, temporaryFolder } from '@product-api/testing';
import { runOnCore } from '../run/machine.js';

/** An HTTP request; the body is JSON text. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A load: each connection sends its next request as soon as it has a response. */
export interface Load {
  readonly url: string;
  readonly connections: number;
  readonly requests: readonly HttpRequest[];
  /** Whether the requests are repeated, or the load ends after the last one. */
  readonly order: 'repeat' | 'once';
  /** When the load ends at the latest, in whole seconds. */
  readonly seconds: number;
}

/** The measurements of the load generator. */
export interface LoadResult {
  readonly requests: number;
  readonly seconds: number;
  readonly p50Micros: number;
  readonly p99Micros: number;
}

/** Separates requests in the file for wrk.lua; JSON escapes it. */
const SEPARATOR = '\x1e';

const script = fileURLToPath(new URL('wrk.lua', import.meta.url));

/**
 * Sends a load with wrk.
 *
 * @param core the core of wrk; undefined for any
 * @throws {MissingProgramError} when wrk is not installed
 * @throws {Error} when a request fails or has an error response
 */
export async function sendLoad(
  { url, connections, requests, order, seconds }: Load,
  core: number | undefined,
): Promise<LoadResult> {
  const folder = await temporaryFolder();
  try {
    const file = folder.file('requests');
    await writeFile(file, requests.map((request) => wireText(request) + SEPARATOR).join(''));
    const options = ['-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', '10s', '-s', script];
    const command = [await findWrk(), ...options, url, '--', file, order];
    // wrk.lua prints this type, and the number of errors of each kind.
    const output = (await runOnCore(core, command)) as LoadResult & { readonly errors: object };
    const { errors, ...result } = output;
    if (Object.keys(errors).length > 0) {
      const numbers = JSON.stringify(errors);
      throw new Error(`Of ${result.requests} requests to ${url} some failed: ${numbers}`);
    }
    return result;
  } finally {
    await folder.remove();
  }
}

/** Returns a request as it goes over the wire. */
export function wireText({ method, path, headers, body = '' }: HttpRequest): string {
  const length = body && { 'Content-Length': Buffer.byteLength(body) };
  const lines = Object.entries({ Host: '127.0.0.1', ...length, ...headers }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  return `${[`${method} ${path} HTTP/1.1`, ...lines, '', body].join('\r\n')}`;
}
