import type { Readable, Writable } from 'node:stream';
import type { Client, ClientOptions } from '@product-api/client';
import type { Config } from './settings/config.js';

/** An output stream; a terminal has a width in columns. */
export type TextOutput = Writable & { readonly columns?: number };

/** The dependencies of the command; it uses nothing else from outside. */
export interface CliContext {
  /** Creates the client that all commands use. */
  readonly connect: (options: ClientOptions) => Client;
  readonly config: Config;
  /** The version that `--version` prints. */
  readonly version: string;
  readonly stdin: Readable;
  readonly stdout: TextOutput;
  readonly stderr: TextOutput;
  /** Aborts with an `InterruptedError` when the user presses Ctrl-C. */
  readonly signal: AbortSignal;
}
