import { type SkippableNeed, testEnvironment } from './environment.js';
import { findChromium } from './find-chromium.js';
import { findNginx } from './find-nginx.js';
import { findRedisServer } from './find-redis-server.js';
import { findSqlite3 } from './find-sqlite3.js';
import {
  canInstallDebianPackages,
  type DebianPackage,
  installDebianPackage,
} from './install-debian-package.js';
import { MissingProgramError } from './missing-program-error.js';

/** A program that tests need, where to look for it, and the Debian package that has it. */
export interface NeededProgram {
  readonly need: SkippableNeed;
  readonly debianPackage: DebianPackage;
  find(): Promise<string>;
}

/** Every program that the tests of this repository need besides Node. */
export const neededPrograms: readonly NeededProgram[] = [
  { need: 'redis', debianPackage: { name: 'redis-tools' }, find: findRedisServer },
  { need: 'browser', debianPackage: { name: 'chromium' }, find: findChromium },
  { need: 'sqlite3', debianPackage: { name: 'sqlite3' }, find: findSqlite3 },
  { need: 'nginx', debianPackage: { name: 'nginx', service: 'nginx' }, find: findNginx },
];

/**
 * Makes sure that a program is on this machine: finds it, or installs it where that needs no
 * question (as root on Debian and Ubuntu). Answers its path, or `'skipped'` by TEST_SKIP.
 *
 * @throws MissingProgramError when it is not there and cannot be installed.
 */
export async function provision(program: NeededProgram): Promise<string> {
  if (testEnvironment().skipped.has(program.need)) {
    return 'skipped';
  }
  try {
    return await program.find();
  } catch (error) {
    if (!(error instanceof MissingProgramError) || !(await canInstallDebianPackages())) {
      throw error;
    }
  }
  await installDebianPackage(program.debianPackage);
  return program.find();
}
