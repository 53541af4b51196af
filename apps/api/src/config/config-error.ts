import type { ZodError } from 'zod';
import { StartError } from '../start-error.js';

/** The environment does not make a configuration; the message names every variable at fault. */
export class ConfigError extends StartError {
  override readonly name = 'ConfigError';

  constructor(error: ZodError) {
    const faults = error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`);
    super(['The configuration is not valid:', ...faults].join('\n'));
  }
}
