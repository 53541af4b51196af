import { writeSync } from 'node:fs';
import { failureText } from './failure-text.js';

/**
 * Says on standard error why the process ends, and ends it with exit code 1.
 *
 * @param place what failed, see `failureText`
 */
export function endWithFailure(error: unknown, place: string): never {
  try {
    writeSync(process.stderr.fd, `${failureText(error, place)}\n`);
  } catch {
    // If nobody reads standard error any more (EPIPE), the exit code has to be enough.
  }
  process.exit(1);
}
