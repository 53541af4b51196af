import { readFile } from 'node:fs/promises';
import { UsageError } from '../errors.js';
import { readStdin, type StdinSource } from '../input/read-stdin.js';

/** Where a key is read from. */
export interface ApiKeySource extends StdinSource {
  /** The path of a file, or `-` for standard input. */
  readonly path: string;
}

/**
 * Reads a key.
 *
 * @throws {UsageError} when the file cannot be read, or has no key
 */
export async function readApiKey({ path, ...source }: ApiKeySource): Promise<string> {
  if (path === '-') {
    return checkedApiKey((await readStdin(source)).toString(), 'Standard input');
  }
  const { signal } = source;
  const content = await readFile(path, { encoding: 'utf8', signal }).catch((cause: unknown) => {
    signal.throwIfAborted();
    throw new UsageError(`${path} (--api-key-file) cannot be read`, { cause });
  });
  return checkedApiKey(content, path);
}

/**
 * Returns a key without the white space around it.
 *
 * @param name where the key comes from, for the message
 * @throws {UsageError} when it cannot be a key. The message does not contain it.
 */
export function checkedApiKey(text: string, name: string): string {
  const key = text.trim();
  if (!/^[!-~]+$/.test(key)) {
    throw new UsageError(`${name} must be an API key: ASCII characters without spaces`);
  }
  return key;
}
