import type { ZodIssue } from 'zod';
import { StartError } from '../errors.js';

/** Environment variables have invalid values. The message lists every one of them. */
export class ConfigError extends StartError {
  override readonly name = 'ConfigError';

  constructor(issues: readonly Pick<ZodIssue, 'path' | 'message'>[]) {
    const faults = issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`);
    super(['The configuration is not valid:', ...faults].join('\n'));
  }
}

/**
 * The `.env` file cannot be read. The message shows none of its content, which may be a password.
 */
export class EnvFileError extends StartError {
  override readonly name = 'EnvFileError';

  constructor(file: string, fault: string) {
    super(`The settings in ${file} cannot be read: ${fault}. Correct the file or remove it.`);
  }
}
