import { writeSync } from 'node:fs';
import { failureText } from './failure-text.js';
/**
 * Writes to standard error why the process ends, and ends it with exit code 1.
 *
 * @param place what failed, see `failureText`
 */
export function endWithFailure(error, place) {
    try {
        writeSync(process.stderr.fd, `${failureText(error, place)}\n`);
    }
    catch {
        // If the reader of standard error is gone (EPIPE), only the exit code shows the failure.
    }
    process.exit(1);
}
//# sourceMappingURL=end-with-failure.js.map