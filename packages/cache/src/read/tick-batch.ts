/** A request that waits for the end of its tick. */
export interface WaitingRequest<Request, Result> {
  readonly request: Request;
  readonly resolve: (result: Result | PromiseLike<Result>) => void;
}

/**
 * Collects the requests of one turn of the event loop, so that one command or statement can serve
 * them all at its end, as DataLoader does (https://github.com/graphql/dataloader). No request is
 * served by a read that began before it.
 */
export class TickBatch<Request, Result> {
  readonly #serve: (batch: readonly WaitingRequest<Request, Result>[]) => void;
  #waiting: WaitingRequest<Request, Result>[] = [];

  /** @param serve resolves every request of a batch; must not throw. */
  constructor(serve: (batch: readonly WaitingRequest<Request, Result>[]) => void) {
    this.#serve = serve;
  }

  /** Adds a request, and returns its result. */
  request(request: Request): Promise<Result> {
    return new Promise((resolve) => this.add({ request, resolve }));
  }

  /** Adds a request that somebody else waits for. */
  add(waiting: WaitingRequest<Request, Result>): void {
    if (this.#waiting.length === 0) {
      // Not a microtask: those run after each socket's data, and a turn has many sockets'.
      setImmediate(this.#flush);
    }
    this.#waiting.push(waiting);
  }

  readonly #flush = (): void => {
    const batch = this.#waiting;
    this.#waiting = [];
    this.#serve(batch);
  };
}
