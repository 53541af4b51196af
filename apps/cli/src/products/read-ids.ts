import { UsageError } from '../errors.js';
import { readStdin, type StdinSource } from '../input/read-stdin.js';

/**
 * Returns the ids of the command line. The id `-` stands for those on standard input, which are
 * separated by white space.
 *
 * @throws {UsageError} when standard input has no ids
 */
export async function readIds(ids: readonly string[], source: StdinSource): Promise<string[]> {
  if (!ids.includes('-')) {
    return [...ids];
  }
  const input = (await readStdin(source)).toString();
  const read = input.split(/\s+/).filter((id) => id !== '');
  if (read.length === 0) {
    throw new UsageError('Standard input must have ids of products, separated by white space');
  }
  return ids.flatMap((id) => (id === '-' ? read : id));
}
