import type { Logger } from 'pino';
import type { RejectedMessage } from './rejected-message.js';

/** Lines a second, at most: whoever sends garbage does not fill the disk. */
const LINES_PER_SECOND = 10;

/**
 * Creates the log of messages that never became requests. What the limit suppresses is counted, and
 * the count stands in the next line.
 *
 * @param now the time in milliseconds, by a clock that only goes forward
 */
export function createRejectionLog(
  logger: Logger,
  now: () => number,
): (message: RejectedMessage) => void {
  let secondBegan = Number.NEGATIVE_INFINITY;
  let lines = 0;
  let suppressed = 0;
  return ({ requestId, status, code, detail, remoteAddress }) => {
    if (now() - secondBegan >= 1000) {
      secondBegan = now();
      lines = 0;
    }
    if (lines >= LINES_PER_SECOND) {
      suppressed += 1;
      return;
    }
    lines += 1;
    logger.warn(
      {
        request_id: requestId,
        status,
        code,
        remote_address: remoteAddress,
        ...(suppressed > 0 && { suppressed_lines: suppressed }),
      },
      `message rejected: ${detail}`,
    );
    suppressed = 0;
  };
}
