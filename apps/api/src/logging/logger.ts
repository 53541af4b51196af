import { fstatSync } from 'node:fs';
import { type DestinationStream, type Logger, pino } from 'pino';
import pretty from 'pino-pretty';
import type { Config } from '../config/config.js';
import { LineWriter } from './line-writer.js';

/** Where the service logs. */
export interface Log {
  readonly logger: Logger;
  /** For lines that are put together elsewhere; undefined where the log is text for people. */
  readonly json: JsonLines | undefined;
}

/** A log of lines of JSON. */
export interface JsonLines {
  /** What stands in every line behind its level and time: members, each with its comma, or nothing. */
  readonly begin: string;
  /** Takes a line, with its end. */
  write(line: string): void;
}

/**
 * A pipe takes so many bytes at once without mixing them with another process's (PIPE_BUF, POSIX: on
 * Linux 4096).
 */
const WHOLE_PIPE_WRITE_BYTES = 4096;

/**
 * Makes the service's log: JSON lines on standard output, or text for people where that is a terminal.
 * The workers of one service share it, and their lines say which wrote them.
 */
export function createLog(
  { LOG_LEVEL, LOG_FORMAT }: Config,
  writer: 'service' | 'worker' = 'service',
): Log {
  const forPeople = LOG_FORMAT === 'pretty' || (LOG_FORMAT === 'auto' && process.stdout.isTTY);
  const options = {
    base: writer === 'worker' ? { pid: process.pid } : null,
    level: LOG_LEVEL,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: withoutProperties },
  };
  if (forPeople) {
    return { logger: pino(options, prettyStream()), json: undefined };
  }
  const lines = standardOutput(writer);
  const begin = writer === 'worker' ? `"pid":${process.pid},` : '';
  return { logger: pino(options, lines), json: { begin, write: (line) => lines.write(line) } };
}

/**
 * An error's own properties stay out of the log: the error of a command to Redis has the command's
 * arguments, those of AUTH too.
 */
function withoutProperties(error: unknown): unknown {
  if (!(error instanceof Error)) {
    return error;
  }
  const { type, message, stack } = pino.stdSerializers.err(error);
  return { type, message, stack, ...('code' in error && { code: error.code }) };
}

function standardOutput(writer: 'service' | 'worker'): LineWriter {
  const isShared = writer === 'worker' && !fstatSync(process.stdout.fd).isFile();
  const lines = new LineWriter(
    process.stdout.fd,
    isShared ? { chunkBytes: WHOLE_PIPE_WRITE_BYTES } : undefined,
  );
  process.once('exit', () => lines.flush());
  return lines;
}

function prettyStream(): DestinationStream {
  return pretty({ sync: true, translateTime: 'SYS:HH:MM:ss.l' });
}
