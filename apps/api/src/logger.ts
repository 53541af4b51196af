import { type DestinationStream, type Logger, pino } from 'pino';
import pretty from 'pino-pretty';
import type { Config } from './config.js';

/** Makes the service's log: JSON lines on standard output, or text for people where that is a terminal. */
export function createLogger({ LOG_LEVEL, LOG_FORMAT }: Config): Logger {
  const forPeople = LOG_FORMAT === 'pretty' || (LOG_FORMAT === 'auto' && process.stdout.isTTY);
  const options = {
    base: null,
    level: LOG_LEVEL,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  return pino(options, forPeople ? prettyStream() : pino.destination({ dest: 1, sync: false }));
}

function prettyStream(): DestinationStream {
  return pretty({ sync: true, translateTime: 'SYS:HH:MM:ss.l' });
}
