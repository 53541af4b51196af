import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { testEnvironment } from '../environment.js';

/**
 * Returns the path of the first of these programs that is on the PATH, or `undefined`.
 *
 * @param names names without `.exe`, the preferred one first
 */
export function findProgram(names: readonly string[]): Promise<string | undefined> {
  const folders = testEnvironment()
    .path.split(delimiter)
    .filter((folder) => folder !== '');
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return firstExecutable(
    names.flatMap((name) => folders.map((folder) => join(folder, name + suffix))),
  );
}

/** Returns the first of these files that exists and is executable, or `undefined`. */
export async function firstExecutable(files: readonly string[]): Promise<string | undefined> {
  for (const file of files) {
    if (await isExecutable(file)) {
      return file;
    }
  }
  return undefined;
}

function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}
