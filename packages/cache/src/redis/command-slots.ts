/**
 * Lets so many commands be under way at a time, and the others wait in their order, here and not in
 * Redis: a burst of misses would else take longer than a command may, and look like an outage.
 */
export class CommandSlots {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  /** @param slots how many commands may be under way, at least 1. */
  constructor(slots: number) {
    this.#free = slots;
  }

  /** Sends a command when its turn comes; settles as it does. */
  run<T>(send: () => Promise<T>): Promise<T> {
    if (this.#free > 0) {
      this.#free -= 1;
      return this.#start(send);
    }
    return new Promise((resolve) => this.#waiting.push(() => resolve(this.#start(send))));
  }

  #start<T>(send: () => Promise<T>): Promise<T> {
    const answer = send();
    void answer.then(this.#end, this.#end);
    return answer;
  }

  readonly #end = (): void => {
    const next = this.#waiting.shift();
    if (next) {
      next();
    } else {
      this.#free += 1;
    }
  };
}
