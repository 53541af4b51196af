import { Readable, Writable } from 'node:stream';
import { createClient } from '@product-api/client';
import { run } from '../src/run.js';
import type { Config } from '../src/settings/config.js';

/** The exit code and the output of a command line. */
export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Options of `runCatalog`. */
export interface RunOptions {
  readonly baseUrl: string;
  /** CATALOG_HEADERS. Default empty. */
  readonly headers?: string;
  /** Other settings of the environment. Default none, and no profiles. */
  readonly config?: Partial<Config>;
  /** Whether failed requests are repeated. Default false. */
  readonly retries?: boolean;
  /** Standard input, or its content. Default empty. */
  readonly stdin?: string | Buffer | Readable;
  /** The width of the terminal. Default 100. */
  readonly columns?: number;
  readonly signal?: AbortSignal;
}

/** Runs a command line in this process. */
export async function runCatalog(
  args: readonly string[],
  {
    baseUrl,
    headers = '',
    config = {},
    retries = false,
    stdin = '',
    columns,
    signal = new AbortController().signal,
  }: RunOptions,
): Promise<Outcome> {
  const stdout = new RecordingStream(columns);
  const stderr = new RecordingStream(columns);
  const exitCode = await run(args, {
    connect: (options) => createClient({ ...options, ...(!retries && { retry: { limit: 0 } }) }),
    config: {
      baseUrl,
      headers,
      apiKey: undefined,
      profile: undefined,
      forwardHeaders: '',
      profilesFile: '/no/profiles.json',
      ...config,
    },
    version: '1.2.3',
    stdin: stdin instanceof Readable ? stdin : Readable.from(stdin.length === 0 ? [] : [stdin]),
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
