/**
 * Limits the number of commands in flight. Further commands wait in this process, in their order,
 * instead of in Redis: otherwise a burst of misses would exceed the command timeout and look like
 * an outage.
 */
export class CommandSlots {
  readonly #slots: number;
  #taken = 0;
  readonly #waiting: (() => void)[] = [];

  /** @param slots the most commands in flight, at least 1. */
  constructor(slots: number) {
    this.#slots = slots;
  }

  /**
   * Sends a command as soon as a slot is free. Returns its result.
   *
   * @param send sends the command; `othersInFlight` says whether there are others.
   */
  run<T>(send: (othersInFlight: boolean) => Promise<T>): Promise<T> {
    if (this.#taken < this.#slots) {
      this.#taken += 1;
      return this.#start(send);
    }
    return new Promise((resolve) => this.#waiting.push(() => resolve(this.#start(send))));
  }

  #start<T>(send: (othersInFlight: boolean) => Promise<T>): Promise<T> {
    const reply = send(this.#taken > 1);
    void reply.then(this.#end, this.#end);
    return reply;
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
