import { LineLimit } from './line-limit.js';
/**
 * Creates the log of rejections: at most ten lines per second of each kind. The next line has the
 * number of suppressed lines.
 *
 * @param now returns milliseconds of a clock that never goes back
 */
export function createRejectionLog(logger, now) {
    const messageLines = new LineLimit(now);
    const connectionLines = new LineLimit(now);
    return {
        message({ requestId, status, code, detail, remoteAddress }) {
            const line = messageLines.next();
            if (line) {
                logger.warn({ request_id: requestId, status, code, remote_address: remoteAddress, ...line }, `message rejected: ${detail}`);
            }
        },
        connection(remoteAddress) {
            const line = connectionLines.next();
            if (line) {
                logger.warn({ remote_address: remoteAddress, ...line }, 'connection closed at once: there are MAX_CONNECTIONS already');
            }
        },
    };
}
//# sourceMappingURL=rejection-log.js.map