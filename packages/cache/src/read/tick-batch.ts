/** A request that waits for the end of its turn of the event loop. */
export interface WaitingRequest<Request, Result> {
  readonly request: Request;
  readonly resolve: (result: Result | PromiseLike<Result>) => void;
}

/**
 * Collects the requests of one turn of the event loop, so that a single command or statement can
 * serve them at the end of the turn, as DataLoader does (https://github.com/graphql/dataloader). A
 * request never gets the result of a read that began before the request was made.
 */
export class TickBatch<Request, Result> {
  readonly #serve: (batch: readonly WaitingRequest<Request, Result>[]) => void;
  #waiting: WaitingRequest<Request, Result>[] = [];

  /**
   * @param serve resolves every request of a batch, a failed one with a rejected promise. It must
   *   not throw.
   */
  constructor(serve: (batch: readonly WaitingRequest<Request, Result>[]) => void) {
    this.#serve = serve;
  }

  /** Adds a request. The promise settles with its result. */
  request(request: Request): Promise<Result> {
    return new Promise((resolve) => this.add({ request, resolve }));
  }

  /** Adds a request together with the function that resolves it. */
  add(waiting: WaitingRequest<Request, Result>): void {
    if (this.#waiting.length === 0) {
      // Not a microtask: Node runs microtasks after the callback of each socket, so the requests
      // of different sockets would not share a batch.
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
