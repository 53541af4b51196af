import { TickBatch, type WaitingRequest } from '@product-api/cache';

/** A write to one row. */
interface RowWrite {
  readonly id: string;
}

/** Maximum number of writes in a batch, so that a transaction is short. */
const MAX_TOGETHER = 256;

/**
 * Batches the writes of one tick of the event loop, each batch for one transaction. Writes of one
 * row share a batch, in their order. While a row is being written, further writes of it wait for a
 * later batch instead of waiting for the row with a connection.
 */
export class KeyedBatches<Write extends RowWrite, Result> {
  readonly #commit: (writes: readonly Write[]) => Promise<(write: Write) => Promise<Result>>;
  readonly #batch: TickBatch<Write, Result>;
  readonly #failsWaiting: (error: unknown) => boolean;
  /** The rows that are being written, and the writes that wait for them, in order. */
  readonly #inFlight = new Map<string, WaitingRequest<Write, Result>[]>();
  readonly #maxBatches: number;
  #batches = 0;
  /** The writes that wait for the end of a batch. */
  #held: WaitingRequest<Write, Result>[] = [];

  /**
   * @param commit commits writes, and returns the function that returns each result. It must reject
   *   rather than throw.
   * @param maxBatches maximum number of batches at the same time; further writes wait and share a
   *   batch
   * @param failsWaiting returns whether an error also fails the writes that wait for the batch. One
   *   batch after the other, each could wait for the same lock for as long.
   */
  constructor(
    commit: (writes: readonly Write[]) => Promise<(write: Write) => Promise<Result>>,
    maxBatches: number,
    failsWaiting: (error: unknown) => boolean,
  ) {
    this.#maxBatches = maxBatches;
    this.#failsWaiting = failsWaiting;
    this.#commit = commit;
    this.#batch = new TickBatch((batch) => this.#serve(batch));
  }

  /** Adds a write. The promise settles with its result. */
  request(write: Write): Promise<Result> {
    return this.#batch.request(write);
  }

  #serve(batch: readonly WaitingRequest<Write, Result>[]): void {
    if (this.#batches >= this.#maxBatches) {
      this.#held.push(...batch);
      return;
    }
    const rows = new Set<string>();
    const begun = batch.slice(0, MAX_TOGETHER).filter((write) => this.#begin(write, rows));
    this.#addAgain(batch.slice(MAX_TOGETHER));
    if (begun.length === 0) {
      return;
    }
    this.#batches += 1;
    const results = this.#commit(begun.map(({ request }) => request));
    for (const { request, resolve } of begun) {
      resolve(results.then((resultOf) => resultOf(request)));
    }
    results.then(
      () => this.#addAgain(this.#end(rows)),
      (error: unknown) => {
        const waiting = this.#end(rows);
        if (this.#failsWaiting(error)) {
          fail(waiting, error);
        } else {
          this.#addAgain(waiting);
        }
      },
    );
  }

  /** Returns whether a write can begin. `rows` are those of its batch. */
  #begin(write: WaitingRequest<Write, Result>, rows: Set<string>): boolean {
    const { id } = write.request;
    const waiting = this.#inFlight.get(id);
    if (waiting && !rows.has(id)) {
      waiting.push(write);
      return false;
    }
    this.#inFlight.set(id, waiting ?? []);
    rows.add(id);
    return true;
  }

  /** Ends a batch of these rows, and returns the writes that have waited for it, in order. */
  #end(rows: ReadonlySet<string>): readonly WaitingRequest<Write, Result>[] {
    this.#batches -= 1;
    const waiting = [...rows].flatMap((id) => this.#inFlight.get(id) ?? []);
    for (const id of rows) {
      this.#inFlight.delete(id);
    }
    waiting.push(...this.#held);
    this.#held = [];
    return waiting;
  }

  #addAgain(writes: readonly WaitingRequest<Write, Result>[]): void {
    for (const write of writes) {
      this.#batch.add(write);
    }
  }
}

function fail<Write, Result>(
  writes: readonly WaitingRequest<Write, Result>[],
  error: unknown,
): void {
  for (const { resolve } of writes) {
    resolve(Promise.reject(error));
  }
}
