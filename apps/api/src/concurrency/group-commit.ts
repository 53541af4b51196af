/** How requests are committed in groups. */
export interface GroupCommitOptions<Request, Result> {
  /**
   * Commits requests in their order, and returns the function that returns the result of each. It
   * must reject rather than throw.
   */
  readonly commit: (requests: readonly Request[]) => Promise<(request: Request) => Promise<Result>>;
  /** Returns the ids of the rows that a request changes. */
  readonly rowsOf: (request: Request) => readonly string[];
  /** Whether requests of one row can share a group. */
  readonly sharesRows: boolean;
  /** Returns the size of a request, in the unit of `maxSize`. */
  readonly sizeOf: (request: Request) => number;
  /** Maximum size of a group, unless one request is larger. */
  readonly maxSize: number;
  /** Maximum number of groups that are being committed. */
  readonly maxInFlight: number;
  /**
   * Returns whether an error also fails the requests that have waited for all of its commit. One
   * after the other, each could wait for the same lock for as long.
   */
  readonly failsWaiting: (error: unknown) => boolean;
}

/** A request that waits for its group. */
interface Waiting<Request, Result> {
  readonly request: Request;
  readonly rows: readonly string[];
  /** The number of groups that had begun before the request was made. */
  readonly groupsBefore: number;
  readonly resolve: (result: Promise<Result>) => void;
}

/**
 * Commits the requests of one turn of the event loop in a group. Requests of one row are committed
 * in their order: while a row is being changed, further requests of it wait, and so do requests
 * that find the maximum number of groups in flight. The more of them wait, the more share a group.
 *
 * Of two groups, each begins in a turn of its own, so that other requests are served in between.
 */
export class GroupCommit<Request, Result> {
  readonly #options: GroupCommitOptions<Request, Result>;
  /** In their order. */
  #waiting: Waiting<Request, Result>[] = [];
  /** The number of requests in flight that change each row. */
  readonly #rows = new Map<string, number>();
  #inFlight = 0;
  #groups = 0;
  #isScheduled = false;

  constructor(options: GroupCommitOptions<Request, Result>) {
    this.#options = options;
  }

  /** Adds a request. The promise settles with its result. */
  request(request: Request): Promise<Result> {
    return new Promise((resolve) => {
      const rows = this.#options.rowsOf(request);
      this.#waiting.push({ request, rows, groupsBefore: this.#groups, resolve });
      this.#schedule();
    });
  }

  #schedule(): void {
    const canBegin = this.#waiting.length > 0 && this.#inFlight < this.#options.maxInFlight;
    if (canBegin && !this.#isScheduled) {
      this.#isScheduled = true;
      setImmediate(this.#beginGroup);
    }
  }

  readonly #beginGroup = (): void => {
    this.#isScheduled = false;
    const group = this.#takeGroup();
    if (group.length > 0) {
      this.#commit(group);
      this.#schedule();
    }
  };

  /** Takes the next group: no request in it overtakes another one of the same row. */
  #takeGroup(): readonly Waiting<Request, Result>[] {
    const { sharesRows, sizeOf, maxSize } = this.#options;
    const group: Waiting<Request, Result>[] = [];
    const left: Waiting<Request, Result>[] = [];
    const closed = new Set<string>();
    const isOpen = (row: string) => !closed.has(row) && !this.#rows.has(row);
    let size = 0;
    for (const [index, each] of this.#waiting.entries()) {
      const canBegin = each.rows.every(isOpen);
      size += canBegin ? sizeOf(each.request) : 0;
      if (size > maxSize && group.length > 0) {
        left.push(...this.#waiting.slice(index));
        break;
      }
      (canBegin ? group : left).push(each);
      if (!canBegin || !sharesRows) {
        for (const row of each.rows) {
          closed.add(row);
        }
      }
    }
    this.#waiting = left;
    return group;
  }

  #commit(group: readonly Waiting<Request, Result>[]): void {
    this.#groups += 1;
    this.#inFlight += 1;
    const number = this.#groups;
    const isFull = this.#inFlight === this.#options.maxInFlight;
    const results = this.#options.commit(group.map(({ request }) => request));
    for (const { request, rows, resolve } of group) {
      this.#occupy(rows);
      const result = results.then((resultOf) => resultOf(request));
      resolve(result);
      const release = () => this.#release(rows);
      result.then(release, (error) => {
        this.#fail(error, number, (waiting) => waiting.rows.some((row) => rows.includes(row)));
        release();
      });
    }
    const end = () => this.#end();
    results.then(end, (error) => {
      this.#fail(error, number, () => isFull);
      end();
    });
  }

  #occupy(rows: readonly string[]): void {
    for (const row of rows) {
      this.#rows.set(row, (this.#rows.get(row) ?? 0) + 1);
    }
  }

  #release(rows: readonly string[]): void {
    for (const row of rows) {
      const others = (this.#rows.get(row) ?? 1) - 1;
      if (others === 0) {
        this.#rows.delete(row);
      } else {
        this.#rows.set(row, others);
      }
    }
    this.#schedule();
  }

  #end(): void {
    this.#inFlight -= 1;
    this.#schedule();
  }

  /** Fails the requests that have waited for all of a group, if its error is their failure, too. */
  #fail(
    error: unknown,
    group: number,
    hasWaitedFor: (waiting: Waiting<Request, Result>) => boolean,
  ): void {
    if (!this.#options.failsWaiting(error)) {
      return;
    }
    const left: Waiting<Request, Result>[] = [];
    for (const waiting of this.#waiting) {
      if (waiting.groupsBefore < group && hasWaitedFor(waiting)) {
        waiting.resolve(Promise.reject(error));
      } else {
        left.push(waiting);
      }
    }
    this.#waiting = left;
  }
}
