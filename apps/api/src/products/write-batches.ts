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
   */
  constructor(
    commit: (writes: readonly Write[]) => Promise<(write: Write) => Result | Promise<Result>>,
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
        const end = () => this.#end(request.id);
        result.then(end, end);
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
    const waiting = this.#inFlight.get(id) ?? [];
    this.#inFlight.delete(id);
    // In the next batch the first of them begins, and the others wait again.
    for (const write of waiting) {
      this.#batch.add(write);
    }
  }
}
