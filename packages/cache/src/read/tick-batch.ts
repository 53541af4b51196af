/** A request that waits for the end of its turn of the event loop. */
export interface WaitingRequest<Request, Result> {
  readonly request: Request;
  readonly resolve: (result: Result | PromiseLike<Result>) => void;
}

/**
 * Collects the requests of one turn of the event loop, so that a single command or statement can
 * serve them at the end of the turn, as DataLoader does (https://github.com/graphql/dataloader). A
 * request is never served by a read that began before it.
 */
export class TickBatch<Request, Result> {
  readonly #serve: (batch: readonly WaitingRequest<Request, Result>[]) => void;
  #waiting: WaitingRequest<Request, Result>[] = [];

  /** @param serve resolves every request of a batch. It must not throw. */
  constructor(serve: (batch: readonly WaitingRequest<Request, Result>[]) => void) {
    this.#serve = serve;
  }

  /** Adds a request and returns its result. */
  request(request: Request): Promise<Result> {
    return new Promise((resolve) => this.add({ request, resolve }));
  }

  /** Adds a request together with the function that resolves it. */
  add(waiting: WaitingRequest<Request, Result>): void {
    if (this.#waiting.length === 0) {
      // A microtask would run after the data of each socket, and one turn reads many sockets.
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
