import { addAbortSignal } from 'node:stream';
import { text } from 'node:stream/consumers';
import { UsageError } from '../errors.js';
import type { Session } from '../session.js';

/**
 * Returns the ids of the command line. The id `-` stands for those on standard input, which are
 * separated by white space.
 *
 * @throws {UsageError} when standard input has no ids
 */
export async function readIds(
  ids: readonly string[],
  { stdin, signal }: Session,
): Promise<string[]> {
  if (!ids.includes('-')) {
    return [...ids];
  }
  const input = await text(addAbortSignal(signal, stdin));
  const read = input.split(/\s+/).filter((id) => id !== '');
  if (read.length === 0) {
    throw new UsageError('Standard input must have ids of products, separated by white space');
  }
  return ids.flatMap((id) => (id === '-' ? read : id));
}
