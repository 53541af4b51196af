import type { Readable, Writable } from 'node:stream';
import type { Client, ClientOptions } from '@product-api/client';
import type { Config } from './config.js';

/** A stream for people or programs; a terminal knows its width. */
export type TextOutput = Writable & { readonly columns?: number };

/** What the command works with: everything outside of it comes in here. */
export interface CliContext {
  /** Makes the client that all commands use. */
  readonly connect: (options: ClientOptions) => Client;
  readonly config: Config;
  /** What `--version` prints. */
  readonly version: string;
  readonly stdin: Readable;
  readonly stdout: TextOutput;
  readonly stderr: TextOutput;
  /** Aborted with an `InterruptedError` when the user wants to stop. */
  readonly signal: AbortSignal;
}
