// Instead of apps/api/dist/logging/line-writer.js: pino's own stream, without waiting for whoever reads it.
import { pino } from 'pino';

export class LineWriter {
  #destination;

  constructor(fd) {
    this.#destination = pino.destination({ dest: fd, sync: false });
  }

  write(line) {
    this.#destination.write(line);
  }

  flush() {
    this.#destination.flushSync();
  }
}
