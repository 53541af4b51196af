import { testEnvironment } from './environment.js';
import { findProgram } from './find-program.js';
import { MissingProgramError } from './missing-program-error.js';

/**
 * Returns the path of SQLite's command-line program: the one that SQLITE3_PATH names, else the first
 * sqlite3 on the PATH.
 *
 * @throws MissingProgramError when there is none; the `provision` task can install it.
 */
export async function findSqlite3(): Promise<string> {
  const found = testEnvironment().sqlite3Path ?? (await findProgram(['sqlite3']));
  if (found === undefined) {
    throw new MissingProgramError('sqlite3', {
      debian: 'apt-get install sqlite3',
      macos: 'brew install sqlite',
      setting: 'SQLITE3_PATH',
      need: 'sqlite3',
    });
  }
  return found;
}
