import { createInterface } from 'node:readline/promises';
import type { CliContext } from '../cli-context.js';
import { UsageError } from '../errors.js';

/** A question before a command does what cannot be undone. */
export interface Confirmation {
  /** Such as `Delete 3 products?`. */
  readonly question: string;
  /** Whether the command line has `--yes`. */
  readonly yes: boolean;
}

/**
 * Asks on the terminal whether to go on. `--yes` is the answer to the question.
 *
 * @throws {UsageError} when there is no terminal, and no `--yes`
 * @throws {InterruptedError} when the user presses Ctrl-C
 */
export async function isConfirmed(
  { stdin, stderr, signal }: CliContext,
  { question, yes }: Confirmation,
): Promise<boolean> {
  if (yes) {
    return true;
  }
  if (!stdin.isTTY || !stderr.isTTY) {
    throw new UsageError(`${question} Confirm it with --yes: there is no terminal to ask on`);
  }
  const reader = createInterface({ input: stdin, output: stderr, terminal: false });
  const end = new AbortController();
  // At the end of the input (Ctrl-D) no answer comes any more.
  reader.once('close', () => end.abort());
  try {
    const ended = AbortSignal.any([signal, end.signal]);
    const answer = await reader.question(`${question} [y/N] `, { signal: ended });
    return /^y(es)?$/i.test(answer.trim());
  } catch {
    signal.throwIfAborted();
    stderr.write('\n');
    return false;
  } finally {
    reader.close();
  }
}
