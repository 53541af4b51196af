import type { Logger } from 'pino';
import type { RejectedMessage } from '../http/server/rejected-message.js';
import { LineLimit } from './line-limit.js';

/** Logs what the server refused before there was a request. */
export interface RejectionLog {
  /** A message that never became a request. */
  message(message: RejectedMessage): void;
  /** A connection above the limit, which Node closed at once. */
  connection(remoteAddress: string | undefined): void;
}

/**
 * Creates the log of refusals, ten lines a second of each kind at most. What that suppresses is
 * counted, and the count stands in the next line.
 *
 * @param now the time in milliseconds, by a clock that only goes forward
 */
export function createRejectionLog(logger: Logger, now: () => number): RejectionLog {
  const messageLines = new LineLimit(now);
  const connectionLines = new LineLimit(now);
  return {
    message({ requestId, status, code, detail, remoteAddress }) {
      const line = messageLines.next();
      if (line) {
        logger.warn(
          { request_id: requestId, status, code, remote_address: remoteAddress, ...line },
          `message rejected: ${detail}`,
        );
      }
    },
    connection(remoteAddress) {
      const line = connectionLines.next();
      if (line) {
        logger.warn(
          { remote_address: remoteAddress, ...line },
          'connection closed at once: there are MAX_CONNECTIONS already',
        );
      }
    },
  };
}
