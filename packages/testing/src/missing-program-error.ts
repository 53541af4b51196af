import type { SkippableNeed } from './environment.js';

/** What can be done about a missing program. */
export interface Remedies {
  /** The command that installs it on Debian and Ubuntu. */
  readonly debian: string;
  /** The command that installs it on macOS. */
  readonly macos: string;
  /** The environment variable that can name its path. */
  readonly setting: string;
  /** The word for TEST_SKIP that leaves out the tests that need it. */
  readonly need: SkippableNeed;
}

/** A program that the tests need is not on this machine; the message says how to get it. */
export class MissingProgramError extends Error {
  override readonly name = 'MissingProgramError';

  constructor(program: string, { debian, macos, setting, need }: Remedies) {
    super(
      `${program} was not found. Install it (Debian, Ubuntu: ${debian}; macOS: ${macos}), ` +
        `or name its path in ${setting}, or leave out the tests that need it: TEST_SKIP=${need}`,
    );
  }
}
