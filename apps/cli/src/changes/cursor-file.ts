import { readFile, rename, writeFile } from 'node:fs/promises';
import { UsageError } from '../errors.js';
import { fileFault } from '../input/file-fault.js';

/**
 * Returns the cursor in a file; undefined if there is no such file.
 *
 * @throws {UsageError} when the file cannot be read, or has no cursor
 */
export async function readCursor(path: string): Promise<string | undefined> {
  const content = await readFile(path, 'utf8').catch((cause: unknown) => {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') {
      return undefined;
    }
    throw new UsageError(`${path} (--cursor-file) cannot be read: ${fileFault(cause)}`, { cause });
  });
  const cursor = content?.trim();
  if (cursor !== undefined && !/^[!-~]+$/.test(cursor)) {
    throw new UsageError(`${path} (--cursor-file) must have a cursor: repair it, or remove it`);
  }
  return cursor;
}

/**
 * Keeps a cursor in a file, which never has half of it.
 *
 * @throws {UsageError} when the file cannot be written
 */
export async function writeCursor(path: string, cursor: string): Promise<void> {
  try {
    await writeFile(`${path}.new`, `${cursor}\n`);
    await rename(`${path}.new`, path);
  } catch (cause) {
    throw new UsageError(`${path} (--cursor-file) cannot be written: ${fileFault(cause)}`, {
      cause,
    });
  }
}
