import { Readable, Writable } from 'node:stream';
import { createClient } from '@product-api/client';
import { run } from '../src/run.js';

/** How a command line ended, and what it wrote. */
export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What surrounds a command line in a test. */
export interface Surroundings {
  readonly baseUrl: string;
  readonly stdin?: string;
  readonly columns?: number;
  readonly signal?: AbortSignal;
}

/** Runs a command line in this process. */
export async function runCatalog(
  args: readonly string[],
  { baseUrl, stdin = '', columns, signal = new AbortController().signal }: Surroundings,
): Promise<Outcome> {
  const stdout = new RecordingStream(columns);
  const stderr = new RecordingStream(columns);
  const exitCode = await run(args, {
    connect: (options) => createClient({ ...options, retry: { limit: 0 } }),
    config: { baseUrl },
    version: '1.2.3',
    stdin: Readable.from(stdin === '' ? [] : [stdin]),
    stdout,
    stderr,
    signal,
  });
  return { exitCode, stdout: stdout.text, stderr: stderr.text };
}

class RecordingStream extends Writable {
  text = '';
  readonly columns: number;

  constructor(columns = 100) {
    super();
    this.columns = columns;
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}
