/** What a flight brings back. */
export interface Landing<T> {
  readonly result: T;
  /** Whether the result was still current when the flight stopped taking callers aboard. */
  readonly current: boolean;
}

interface Flight<T> {
  readonly departure: number;
  readonly landing: Promise<Landing<T>>;
}

/**
 * Runs one flight per key at a time and lets callers share it, without ever giving a caller
 * something older than its call: a flight that left before it is shared only if its result is
 * proven to be current, else those who waited share the next one.
 */
export class SingleFlight<T> {
  readonly #flights = new Map<string, Flight<T>>();
  #sequence = 0;

  /**
   * The result of a flight for the key, its own or a shared one.
   *
   * @param fly does the work; it calls `closeDoors` when later callers must not share its result.
   * @throws whatever the flight throws, to all who share it.
   */
  async run(key: string, fly: (closeDoors: () => void) => Promise<Landing<T>>): Promise<T> {
    const arrival = this.#next();
    for (;;) {
      const flight = this.#flights.get(key) ?? this.#depart(key, fly);
      const { result, current } = await flight.landing;
      if (current || flight.departure > arrival) {
        return result;
      }
    }
  }

  /** Lets nobody else share the flight that is under way for this key. */
  detach(key: string): void {
    this.#flights.delete(key);
  }

  #depart(key: string, fly: (closeDoors: () => void) => Promise<Landing<T>>): Flight<T> {
    const departure = this.#next();
    let open = true;
    const closeDoors = () => {
      open = false;
      if (this.#flights.get(key)?.departure === departure) {
        this.#flights.delete(key);
      }
    };
    const flight = { departure, landing: fly(closeDoors).finally(closeDoors) };
    if (open) {
      this.#flights.set(key, flight);
    }
    return flight;
  }

  #next(): number {
    this.#sequence += 1;
    return this.#sequence;
  }
}
