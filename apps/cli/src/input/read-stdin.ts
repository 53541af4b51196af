import { addAbortSignal, type Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

/** Standard input, and what ends reading it. */
export interface StdinSource {
  readonly stdin: Readable;
  readonly signal: AbortSignal;
}

/**
 * Reads standard input to its end.
 *
 * @throws {InterruptedError} when the user presses Ctrl-C
 */
export async function readStdin({ stdin, signal }: StdinSource): Promise<Buffer> {
  try {
    return await buffer(addAbortSignal(signal, stdin));
  } catch (error) {
    // The stream throws an error of its own, not the reason of the signal.
    signal.throwIfAborted();
    throw error;
  }
}
