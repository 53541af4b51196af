import type { Writable } from 'node:stream';

/** What is needed of a client of ioredis. */
interface Connection {
  readonly status: string;
  /** Not there before the first attempt to connect. */
  readonly stream: Pick<Writable, 'cork' | 'uncork'>;
}

/** More would leave Redis without work for too long, and then this process without answers. */
const commandsPerWrite = 8;

/**
 * Joins the commands of one turn of the event loop into writes of eight. A write is a system call,
 * which takes longer than all else that a command needs of this process.
 */
export class JoinedWrites {
  readonly #connection: Connection;
  #corked: Connection['stream'] | undefined;
  #commands = 0;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** To be called before a command is sent that others may join, or that may join others. */
  join(): void {
    if (this.#commands === commandsPerWrite) {
      this.#write();
    }
    if (this.#corked === undefined && this.#connection.status === 'ready') {
      this.#corked = this.#connection.stream;
      this.#corked.cork();
      process.nextTick(this.#write);
    }
    this.#commands += 1;
  }

  readonly #write = (): void => {
    this.#corked?.uncork();
    this.#corked = undefined;
    this.#commands = 0;
  };
}
