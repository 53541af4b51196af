import { type SkippableNeed, testEnvironment } from '../environment.js';
import {
  findChromium,
  findFish,
  findNginx,
  findPgbouncer,
  findPostgres,
  findRedisServer,
  findSqlite3,
  findWrk,
  findZsh,
} from './find-programs.js';
import {
  canInstallDebianPackages,
  type DebianPackage,
  installDebianPackage,
} from './install-debian-package.js';
import { MissingProgramError } from './missing-program-error.js';

/** A program that tests need, and the Debian package that contains it. */
export interface NeededProgram {
  readonly need: SkippableNeed;
  readonly debianPackage: DebianPackage;
  /** Returns the program's path. */
  find(): Promise<string>;
}

/** The programs that the tests of this repository need besides Node. */
export const neededPrograms: readonly NeededProgram[] = [
  { need: 'redis', debianPackage: { name: 'redis-tools' }, find: findRedisServer },
  { need: 'browser', debianPackage: { name: 'chromium' }, find: findChromium },
  { need: 'sqlite3', debianPackage: { name: 'sqlite3' }, find: findSqlite3 },
  { need: 'nginx', debianPackage: { name: 'nginx', service: 'nginx' }, find: findNginx },
  {
    need: 'postgres',
    debianPackage: { name: 'postgresql', service: 'postgresql' },
    find: findPostgres,
  },
  {
    need: 'postgres',
    debianPackage: { name: 'pgbouncer', service: 'pgbouncer' },
    find: findPgbouncer,
  },
  { need: 'wrk', debianPackage: { name: 'wrk' }, find: findWrk },
  { need: 'shells', debianPackage: { name: 'zsh' }, find: findZsh },
  { need: 'shells', debianPackage: { name: 'fish' }, find: findFish },
];

/**
 * Finds a program, or installs it if that works without a question (as root on Debian and Ubuntu).
 * Returns its path, or `'skipped'` if TEST_SKIP contains it.
 *
 * @throws {MissingProgramError} when the program is missing and cannot be installed.
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
