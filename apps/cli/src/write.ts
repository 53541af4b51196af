import type { Writable } from 'node:stream';

/**
 * Writes a text, and waits until it has been taken.
 *
 * @throws Error with the code `EPIPE` when nobody reads any more.
 */
export function write(stream: Writable, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => (error ? reject(error) : resolve()));
  });
}

/** Whether an error says that nobody reads what is written. */
export function isBrokenPipe(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EPIPE';
}
