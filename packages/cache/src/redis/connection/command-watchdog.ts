import type { Command } from 'ioredis';
import { CommandTimeoutError } from './connection-errors.js';

/** The part of an ioredis command that a watchdog needs. */
export type WatchedCommand = Pick<Command, 'isSettled' | 'reject'>;

interface Watch {
  readonly command: WatchedCommand;
  readonly deadline: number;
}

/**
 * Rejects the commands of a connection that get no reply in time. It uses one timer, whereas the
 * `commandTimeout` of ioredis uses one for each command.
 *
 * A process that was held up must first read the replies that have arrived meanwhile. A turn of the
 * event loop runs timers, then reads sockets, and ends with immediates. So the commands that are
 * overdue at the beginning of a turn are rejected at its end, if they still have no reply. Commands
 * that become overdue during a long turn are left to the next one.
 */
export class CommandWatchdog {
  readonly #timeoutMs: number;
  /** The watched commands, in the order of their deadlines. */
  readonly #watches: Watch[] = [];
  #armed = false;

  /** @param timeoutMs the timeout of a command, in milliseconds. */
  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
  }

  /** Watches a command that was just sent. */
  watch(command: WatchedCommand): void {
    this.#forgetSettled();
    this.#watches.push({ command, deadline: performance.now() + this.#timeoutMs });
    if (!this.#armed) {
      this.#arm(this.#timeoutMs);
    }
  }

  /**
   * Removes settled commands, which hold their replies in memory. Replies come in the order of the
   * commands, so the settled ones are the first ones.
   */
  #forgetSettled(): void {
    while (this.#watches[0]?.command.isSettled) {
      this.#watches.shift();
    }
  }

  #arm(delayMs: number): void {
    this.#armed = true;
    setTimeout(() => {
      const turnStartedAt = performance.now();
      setImmediate(() => this.#rejectOverdue(turnStartedAt));
    }, delayMs);
  }

  #rejectOverdue(turnStartedAt: number): void {
    for (const { command, deadline } of this.#watches) {
      if (deadline <= turnStartedAt && !command.isSettled) {
        command.reject(new CommandTimeoutError(this.#timeoutMs));
      }
    }
    this.#forgetSettled();
    const [oldest] = this.#watches;
    this.#armed = oldest !== undefined;
    if (oldest) {
      this.#arm(oldest.deadline - turnStartedAt);
    }
  }
}
