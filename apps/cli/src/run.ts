import { CommanderError } from '@commander-js/extra-typings';
import type { CliContext } from './cli-context.js';
import { createProgram } from './create-program.js';
import { errorText } from './error-text.js';
import { InterruptedError, ReportedError } from './errors.js';
import { exitAfter, exitCodes } from './exit-codes.js';
import { hideSecrets } from './output/hide-secrets.js';

/**
 * Runs a command line, and prints its error on standard error.
 *
 * @param args the arguments after the program's name
 * @returns the exit code; it never throws
 */
export async function run(args: readonly string[], context: CliContext): Promise<number> {
  try {
    await createProgram(context).parseAsync(args, { from: 'user' });
    return exitCodes.ok.code;
  } catch (error) {
    const exit = exitAfter(error);
    // Commander has printed its own errors. A closed pipe needs no message, nor does Ctrl-C unless
    // a write was under way.
    const isSilent = exit === 'ok' || silent.some((errorClass) => error instanceof errorClass);
    if (!isSilent) {
      context.stderr.write(`${hideSecrets(errorText(error))}\n`);
    }
    return exitCodes[exit].code;
  }
}

const silent = [CommanderError, InterruptedError, ReportedError];
