import type { Command } from 'ioredis';

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
 * A process that was held up first reads what has arrived meanwhile: what is late is judged only
 * after the turn's sockets were read.
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
    setTimeout(() => setImmediate(() => this.#judge()), delayMs);
  }

  #judge(): void {
    const now = performance.now();
    for (const { command, deadline } of this.#watches) {
      if (deadline <= now && !command.isSettled) {
        command.reject(new Error('Command timed out'));
      }
    }
    this.#forgetSettled();
    const [oldest] = this.#watches;
    this.#armed = oldest !== undefined;
    if (oldest) {
      this.#arm(oldest.deadline - now);
    }
  }
}
