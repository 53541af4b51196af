import { DatabaseError } from '@product-api/database';
import { StartError } from '../errors.js';

/** Causes that are followed at most; errors may be each other's causes. */
const MAX_CAUSES = 5;

/**
 * Returns what an operator reads about an error that ends the process: the message of a known fault; of
 * any other error, which is a bug, the place and the stack.
 *
 * @param place what failed, as the first words of a sentence: `The start of the service`
 */
export function failureText(error: unknown, place: string): string {
  if (error instanceof StartError || error instanceof DatabaseError) {
    return error.message;
  }
  return `${place} failed for a reason that was not foreseen, please report it:\n${stackText(error, MAX_CAUSES)}`;
}

/**
 * Errors are told by their stacks alone: their properties hold URLs (`input` of ERR_INVALID_URL) and
 * arguments of commands (`command` of an error of Redis), passwords included.
 */
function stackText(error: unknown, causes: number): string {
  if (!(error instanceof Error)) {
    return `a value of type ${typeof error} was thrown in place of an error`;
  }
  const stack = error.stack ?? `${error.name}: ${error.message}`;
  if (error.cause === undefined || causes === 0) {
    return stack;
  }
  return `${stack}\nCaused by: ${stackText(error.cause, causes - 1)}`;
}
