import type { Writable } from 'node:stream';

/** The part of an ioredis client that is needed. */
interface Connection {
  readonly status: string;
  /** Undefined before the first attempt to connect. */
  readonly stream: Pick<Writable, 'cork' | 'uncork'>;
}

/** Larger writes would keep Redis waiting for commands, and then this process for replies. */
const COMMANDS_PER_WRITE = 8;

/**
 * Joins the commands of one turn of the event loop into writes of eight commands. A write is a
 * system call, which takes longer than all other work of this process for a command.
 */
export class JoinedWrites {
  readonly #connection: Connection;
  #corked: Connection['stream'] | undefined;
  #commands = 0;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Called before each command that may share a write with others. */
  join(): void {
    if (this.#commands === COMMANDS_PER_WRITE) {
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
