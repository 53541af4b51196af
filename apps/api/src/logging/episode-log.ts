import type { Logger } from 'pino';

/** Episodes that may be logged at once, before the pace below. */
const BURST_SIZE = 10;

/** Milliseconds after which one more episode may be logged. */
const PACE_MS = 60_000;

/** The level of what an operator should know of: an error needs somebody to act. */
export type Problem = 'warn' | 'error';

/**
 * Logs episodes that begin, go on and end, such as outages. Whatever keeps beginning and ending, ten
 * episodes are logged and then one a minute; the others are logged at level debug, and counted.
 */
export class EpisodeLog {
  readonly #logger: Logger;
  readonly #now: () => number;
  #allowance = BURST_SIZE;
  #allowedAt: number;
  #isQuiet = false;
  #unlogged = 0;

  /** @param now the clock, in milliseconds from any start. */
  constructor(logger: Logger, now: () => number = () => performance.now()) {
    this.#logger = logger;
    this.#now = now;
    this.#allowedAt = now();
  }

  /** Logs the beginning of an episode. */
  begin(level: Problem, fields: object, message: string): void {
    this.#isQuiet = !this.#take();
    const unlogged = this.#isQuiet || this.#unlogged === 0 ? {} : { unlogged: this.#unlogged };
    this.#unlogged = this.#isQuiet ? this.#unlogged + 1 : 0;
    this.add(level, { ...fields, ...unlogged }, message);
  }

  /** Logs something more of the present episode. */
  add(level: 'info' | Problem, fields: object, message: string): void {
    this.#logger[this.#isQuiet ? 'debug' : level](fields, message);
  }

  #take(): boolean {
    const now = this.#now();
    const earned = Math.floor((now - this.#allowedAt) / PACE_MS);
    this.#allowance = Math.min(BURST_SIZE, this.#allowance + earned);
    this.#allowedAt += earned * PACE_MS;
    if (this.#allowance === 0) {
      return false;
    }
    this.#allowance--;
    return true;
  }
}
