import { TickBatch, type WaitingRequest } from '@product-api/cache';

/** A write to one row. */
interface RowWrite {
  readonly id: string;
}

/**
 * Batches the writes of one tick of the event loop. Writes of one row never share a batch: each
 * begins when the one before it has its result, because a database with several connections does
 * not keep their order.
 */
export class WriteBatches<Write extends RowWrite, Result> {
  readonly #batch: TickBatch<Write, Result>;
  /** The rows that are being written, and the writes that wait for them, in order. */
  readonly #inFlight = new Map<string, WaitingRequest<Write, Result>[]>();

  /**
   * @param commit commits writes of different rows, and returns the function that returns each
   *   result. It must reject rather than throw.
   * @param failsWaiting returns whether an error also fails the writes that wait for the row. One
   *   after the other, each could wait for the same lock for as long.
   */
  constructor(
    commit: (writes: readonly Write[]) => Promise<(write: Write) => Result | Promise<Result>>,
    failsWaiting: (error: unknown) => boolean,
  ) {
    this.#batch = new TickBatch((batch) => {
      const begun = batch.filter((write) => this.#begin(write));
      if (begun.length === 0) {
        return;
      }
      const results = commit(begun.map(({ request }) => request));
      for (const { request, resolve } of begun) {
        const result = results.then((resultOf) => resultOf(request));
        resolve(result);
        result.then(
          () => this.#end(request.id),
          (error: unknown) =>
            failsWaiting(error) ? this.#fail(request.id, result) : this.#end(request.id),
        );
      }
    });
  }

  /** Adds a write. The promise settles with its result. */
  request(write: Write): Promise<Result> {
    return this.#batch.request(write);
  }

  /** Returns whether a write can begin. Otherwise it waits for the earlier writes of its row. */
  #begin(write: WaitingRequest<Write, Result>): boolean {
    const waiting = this.#inFlight.get(write.request.id);
    if (waiting === undefined) {
      this.#inFlight.set(write.request.id, []);
      return true;
    }
    waiting.push(write);
    return false;
  }

  #end(id: string): void {
    // In the next batch the first of them begins, and the others wait again.
    for (const write of this.#takeWaiting(id)) {
      this.#batch.add(write);
    }
  }

  #fail(id: string, failed: Promise<Result>): void {
    for (const { resolve } of this.#takeWaiting(id)) {
      resolve(failed);
    }
  }

  #takeWaiting(id: string): readonly WaitingRequest<Write, Result>[] {
    const waiting = this.#inFlight.get(id) ?? [];
    this.#inFlight.delete(id);
    return waiting;
  }
}
