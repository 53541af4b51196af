// Replaces line-writer.js: pino's own stream, which does not wait for a slow reader.
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
