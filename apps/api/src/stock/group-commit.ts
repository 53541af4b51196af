import { TickBatch, type WaitingRequest } from '@product-api/cache';

/** A request of some lines. */
interface LinedRequest {
  readonly lines: readonly unknown[];
}

/**
 * Maximum lines of a group, unless one request has more. The driver of SQLite is synchronous, so a
 * larger group would hold up the event loop.
 */
const MAX_LINES = 500;

/** Commits requests in their order, and returns the function that returns the result of each. */
type Commit<Request, Result> = (
  requests: readonly Request[],
) => Promise<(request: Request) => Promise<Result>>;

/**
 * Commits requests in groups, one group after another. The requests of one tick of the event loop
 * share a group, and while a group is in flight, further requests wait for the next one: the more
 * requests there are, the more share a commit.
 */
export class GroupCommit<Request extends LinedRequest, Result> {
  readonly #commit: Commit<Request, Result>;
  readonly #failsWaiting: (error: unknown) => boolean;
  readonly #batch: TickBatch<Request, Result>;
  #waiting: WaitingRequest<Request, Result>[] = [];
  #isCommitting = false;

  /**
   * @param failsWaiting returns whether the failure of a commit also fails the requests that have
   *   waited for all of it. Group after group, each could wait for the same lock for as long.
   */
  constructor(commit: Commit<Request, Result>, failsWaiting: (error: unknown) => boolean) {
    this.#commit = commit;
    this.#failsWaiting = failsWaiting;
    this.#batch = new TickBatch((batch) => {
      this.#waiting.push(...batch);
      if (!this.#isCommitting) {
        void this.#commitAll();
      }
    });
  }

  /** Adds a request. The promise settles with its result. */
  request(request: Request): Promise<Result> {
    return this.#batch.request(request);
  }

  async #commitAll(): Promise<void> {
    this.#isCommitting = true;
    while (this.#waiting.length > 0) {
      await this.#commitGroup(this.#takeGroup());
    }
    this.#isCommitting = false;
  }

  #takeGroup(): readonly WaitingRequest<Request, Result>[] {
    let lines = 0;
    const end = this.#waiting.findIndex(({ request }, index) => {
      lines += request.lines.length;
      return index > 0 && lines > MAX_LINES;
    });
    return this.#waiting.splice(0, end === -1 ? this.#waiting.length : end);
  }

  async #commitGroup(group: readonly WaitingRequest<Request, Result>[]): Promise<void> {
    const alreadyWaiting = this.#waiting.length;
    try {
      const resultOf = await this.#commit(group.map(({ request }) => request));
      for (const { request, resolve } of group) {
        resolve(resultOf(request));
      }
    } catch (error) {
      const others = this.#failsWaiting(error) ? this.#waiting.splice(0, alreadyWaiting) : [];
      for (const { resolve } of [...group, ...others]) {
        resolve(Promise.reject(error));
      }
    }
  }
}
