/** The result of a flight. */
export interface FlightResult<T> {
  readonly result: T;
  /** Whether the result was still current when the flight was sealed. */
  readonly current: boolean;
}

/**
 * The work of a flight. It calls `seal` when callers that come later must not share its result.
 */
export type Flight<T> = (seal: () => void) => Promise<FlightResult<T>>;

interface FlightInProgress<T> {
  readonly startedAt: number;
  readonly settled: Promise<FlightResult<T>>;
}

/**
 * Runs one flight per key at a time and shares its result between callers, but never gives a caller
 * a result that is older than its call: a flight that started before the call is shared only if its
 * result is proven to be current. Otherwise the waiting callers share the next flight.
 */
export class SingleFlight<T> {
  readonly #flights = new Map<string, FlightInProgress<T>>();
  /** A logical clock that orders calls and starts of flights. */
  #clock = 0;

  /**
   * Returns the result of a flight for the key, started by this call or shared.
   *
   * @throws {Error} when the flight fails, with its error, for every caller that shares it.
   */
  async run(key: string, flight: Flight<T>): Promise<T> {
    const calledAt = this.#tick();
    for (;;) {
      const { settled, startedAt } = this.#flights.get(key) ?? this.#start(key, flight);
      const { result, current } = await settled;
      if (current || startedAt > calledAt) {
        return result;
      }
    }
  }

  /** Keeps later callers from sharing the flight that is in progress for a key. */
  detach(key: string): void {
    this.#flights.delete(key);
  }

  #start(key: string, flight: Flight<T>): FlightInProgress<T> {
    const startedAt = this.#tick();
    let isJoinable = true;
    const seal = () => {
      isJoinable = false;
      if (this.#flights.get(key)?.startedAt === startedAt) {
        this.#flights.delete(key);
      }
    };
    const inProgress = { startedAt, settled: flight(seal).finally(seal) };
    if (isJoinable) {
      this.#flights.set(key, inProgress);
    }
    return inProgress;
  }

  #tick(): number {
    this.#clock += 1;
    return this.#clock;
  }
}
