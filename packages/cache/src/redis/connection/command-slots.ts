/**
 * Lets so many commands be under way at a time, and the others wait in their order, here and not in
 * Redis: a burst of misses would else take longer than a command may, and look like an outage.
 */
export class CommandSlots {
  readonly #slots: number;
  #taken = 0;
  readonly #waiting: (() => void)[] = [];

  /** @param slots how many commands may be under way, at least 1. */
  constructor(slots: number) {
    this.#slots = slots;
  }

  /**
   * Sends a command when its turn comes; settles as it does.
   *
   * @param send is told whether other commands are under way.
   */
  run<T>(send: (hasCompany: boolean) => Promise<T>): Promise<T> {
    if (this.#taken < this.#slots) {
      this.#taken += 1;
      return this.#start(send);
    }
    return new Promise((resolve) => this.#waiting.push(() => resolve(this.#start(send))));
  }

  #start<T>(send: (hasCompany: boolean) => Promise<T>): Promise<T> {
    const answer = send(this.#taken > 1);
    void answer.then(this.#end, this.#end);
    return answer;
  }

  readonly #end = (): void => {
    const next = this.#waiting.shift();
    if (next) {
      next();
    } else {
      this.#taken -= 1;
    }
  };
}
