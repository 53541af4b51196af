import type { SkippableNeed } from '../environment.js';

/** Ways to run the tests although a program is missing. */
export interface Remedies {
  /** The command that installs the program on Debian and Ubuntu. */
  readonly debian: string;
  /** The command that installs the program on macOS. */
  readonly macos: string;
  /** The environment variable that can contain the program's path. */
  readonly setting: string;
  /** The word in TEST_SKIP that skips the tests of this program. */
  readonly need: SkippableNeed;
}

/** A program that tests need is not on this machine; the message says how to get it. */
export class MissingProgramError extends Error {
  override readonly name = 'MissingProgramError';

  constructor(program: string, { debian, macos, setting, need }: Remedies) {
    super(
      `${program} was not found. Install it (Debian, Ubuntu: ${debian}; macOS: ${macos}), ` +
        `or set ${setting} to its path, or skip the tests that need it: TEST_SKIP=${need}`,
    );
  }
}
