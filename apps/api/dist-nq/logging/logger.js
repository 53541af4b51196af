import { fstatSync } from 'node:fs';
import { pino } from 'pino';
import { LineWriter } from './line-writer.js';
/**
 * Maximum bytes that a pipe takes in one write without mixing them with another process's (POSIX
 * PIPE_BUF; 4096 on Linux).
 */
const WHOLE_PIPE_WRITE_BYTES = 4096;
/**
 * Creates the log of the service: JSON lines on standard output, or text for people if that is a
 * terminal. Workers share one standard output, so their lines have a `pid`.
 */
export async function createLog({ LOG_LEVEL, LOG_FORMAT }, writer = 'service') {
    const isPretty = LOG_FORMAT === 'pretty' || (LOG_FORMAT === 'auto' && process.stdout.isTTY);
    const options = {
        base: writer === 'worker' ? { pid: process.pid } : null,
        level: LOG_LEVEL,
        timestamp: pino.stdTimeFunctions.isoTime,
        formatters: { level: (label) => ({ level: label }) },
        serializers: { err: withoutProperties },
    };
    if (isPretty) {
        return { logger: pino(options, await prettyStream()), json: undefined };
    }
    const lines = standardOutput(writer);
    const begin = writer === 'worker' ? `"pid":${process.pid},` : '';
    return { logger: pino(options, lines), json: { begin, write: (line) => lines.write(line) } };
}
/**
 * Returns an error without its other properties: an error of a Redis command has the arguments of
 * the command, even those of AUTH.
 */
function withoutProperties(error) {
    if (!(error instanceof Error)) {
        return error;
    }
    const { type, message, stack } = pino.stdSerializers.err(error);
    return { type, message, stack, ...('code' in error && { code: error.code }) };
}
function standardOutput(writer) {
    // With `bigint`, because packages that are imported after `fstatSync` of a pipe would not find
    // their dependencies: https://github.com/nodejs/node/issues/51142
    const isFile = () => fstatSync(process.stdout.fd, { bigint: true }).isFile();
    const isShared = writer === 'worker' && !isFile();
    const lines = new LineWriter(process.stdout.fd, isShared ? { chunkBytes: WHOLE_PIPE_WRITE_BYTES } : undefined);
    process.once('exit', () => lines.flush());
    return lines;
}
async function prettyStream() {
    // Loaded when it is used: no service in production writes to a terminal.
    const { default: pretty } = await import('pino-pretty');
    return pretty({ sync: true, translateTime: 'SYS:HH:MM:ss.l' });
}
//# sourceMappingURL=logger.js.map