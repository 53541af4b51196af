import type { Writable } from 'node:stream';

/**
 * Writes a text, and waits until the stream has processed it.
 *
 * @throws {Error} when the reader has closed the pipe, with the code `EPIPE`
 */
export function write(stream: Writable, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => (error ? reject(error) : resolve()));
  });
}

/** Returns whether an error says that the reader has closed the pipe. */
export function isBrokenPipe(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EPIPE';
}
