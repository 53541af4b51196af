import type { Command } from 'ioredis';
import { CommandTimeoutError } from './connection-errors.js';

/** What a watchdog needs of a command of ioredis. */
export type WatchedCommand = Pick<Command, 'isSettled' | 'reject'>;

const fewWatches = 64;

interface Watch {
  readonly command: WatchedCommand;
  readonly deadline: number;
}

/**
 * Rejects the commands of a connection that are not answered in time. It has one timer, where the
 * `commandTimeout` of ioredis has one for each command.
 *
 * A process that was held up first reads what has arrived meanwhile: a turn of the event loop begins
 * with timers, then reads sockets, and ends with immediates. What is late at its beginning is judged
 * at its end; what was sent in between, before a thousand requests were read, is not late yet.
 */
export class CommandWatchdog {
  readonly #timeoutMs: number;
  /** In the order of their deadlines. */
  #watches: Watch[] = [];
  #armed = false;
  #forgetAt = fewWatches;

  /** @param timeoutMs milliseconds that an answer may take. */
  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
  }

  /** Takes note of a command that was just sent. */
  watch(command: WatchedCommand): void {
    if (this.#watches.length >= this.#forgetAt) {
      this.#forgetSettled();
    }
    this.#watches.push({ command, deadline: performance.now() + this.#timeoutMs });
    if (!this.#armed) {
      this.#arm(this.#timeoutMs);
    }
  }

  /** Most were answered long ago; as the list doubles in between, each is looked at but twice. */
  #forgetSettled(): void {
    this.#watches = this.#watches.filter(({ command }) => !command.isSettled);
    this.#forgetAt = Math.max(fewWatches, 2 * this.#watches.length);
  }

  #arm(delayMs: number): void {
    this.#armed = true;
    setTimeout(() => {
      const turnBegan = performance.now();
      setImmediate(() => this.#judge(turnBegan));
    }, delayMs);
  }

  #judge(turnBegan: number): void {
    for (const { command, deadline } of this.#watches) {
      if (deadline <= turnBegan && !command.isSettled) {
        command.reject(new CommandTimeoutError(this.#timeoutMs));
      }
    }
    this.#forgetSettled();
    const [oldest] = this.#watches;
    this.#armed = oldest !== undefined;
    if (oldest) {
      this.#arm(oldest.deadline - turnBegan);
    }
  }
}
