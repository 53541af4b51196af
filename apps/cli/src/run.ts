import { CommanderError } from '@commander-js/extra-typings';
import type { CliContext } from './cli-context.js';
import { createProgram } from './create-program.js';
import { errorText } from './error-text.js';
import { exitAfter, exitCodes } from './exit-codes.js';

/**
 * Runs a command line and tells about its failure on standard error.
 *
 * @param args The arguments after the program's name.
 * @returns The exit code; nothing is thrown.
 */
export async function run(args: readonly string[], context: CliContext): Promise<number> {
  try {
    await createProgram(context).parseAsync(args, { from: 'user' });
    return exitCodes.ok.code;
  } catch (error) {
    const exit = exitAfter(error);
    // Commander has told about its own errors, and whoever interrupts or stops reading knows.
    const told = error instanceof CommanderError || exit === 'interrupted' || exit === 'ok';
    if (!told) {
      context.stderr.write(`${errorText(error)}\n`);
    }
    return exitCodes[exit].code;
  }
}
