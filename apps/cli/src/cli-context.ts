import type { Readable, Writable } from 'node:stream';
import type { Client, ClientOptions } from '@product-api/client';
import type { Config } from './settings/config.js';

/** Standard input; a terminal says that it is one. */
export type TextInput = Readable & { readonly isTTY?: boolean };

/** An output stream; a terminal says that it is one, and has a width in columns. */
export type TextOutput = Writable & { readonly isTTY?: boolean; readonly columns?: number };

/** The dependencies of the command; it uses nothing else from outside. */
export interface CliContext {
  /** Creates the client that all commands use. */
  readonly connect: (options: ClientOptions) => Client;
  readonly config: Config;
  /** The version that `--version` prints. */
  readonly version: string;
  readonly stdin: TextInput;
  readonly stdout: TextOutput;
  readonly stderr: TextOutput;
  /** Aborts with an `InterruptedError` when the user presses Ctrl-C. */
  readonly signal: AbortSignal;
}
