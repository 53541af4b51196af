import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { CliContext } from '../cli-context.js';
import { InterruptedError } from '../errors.js';

/**
 * Asks for a secret on the terminal, which does not show it.
 *
 * @throws {InterruptedError} when the user presses Ctrl-C, or Ctrl-D
 */
export async function askSecret(
  { stdin, stderr, signal }: CliContext,
  question: string,
): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  // The line editor of a terminal shows what is typed by itself, on its own output.
  const reader = createInterface({ input: stdin, output: nowhere, terminal: true });
  const end = new AbortController();
  reader.once('SIGINT', () => end.abort());
  reader.once('close', () => end.abort());
  stderr.write(question);
  try {
    return await reader.question('', { signal: AbortSignal.any([signal, end.signal]) });
  } catch {
    throw new InterruptedError();
  } finally {
    reader.close();
    stderr.write('\n');
  }
}
