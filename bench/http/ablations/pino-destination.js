// Replaces line-writer.js: pino's own stream, which does not wait for a slow reader.
import { pino } from 'pino';

export class LineWriter {
  constructor(fd) {
    const destination = pino.destination({ dest: fd, sync: false });
    this.write = (line) => destination.write(line);
    this.flush = () => destination.flushSync();
  }
}
