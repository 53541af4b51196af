/** Above this number of reads, one command for all is faster than a system call for each. */
const FEW_READS = 4;

/**
 * Decides which reads skip the batch of their turn of the event loop. While batches are small and
 * few reads are in flight, each read is sent immediately, so that a remote store works on it while
 * this process parses the next request. Reads of a local store are always batched: they gain
 * nothing.
 */
export class ImmediateReads {
  readonly #isRemote: boolean;
  #expectsFew: boolean;
  #inFlight = 0;

  constructor({ isRemote }: { readonly isRemote: boolean }) {
    this.#isRemote = isRemote;
    this.#expectsFew = isRemote;
  }

  /** Returns whether to send this read immediately. If so, a call of `ended(1)` must follow. */
  tryBegin(): boolean {
    const isImmediate = this.#expectsFew && this.#inFlight < FEW_READS;
    if (isImmediate) {
      this.#inFlight += 1;
    }
    return isImmediate;
  }

  /** Notes that a batch of reads is sent. A call of `ended` with their number must follow. */
  beginBatch(reads: number): void {
    this.#expectsFew = this.#isRemote && reads <= FEW_READS;
    this.#inFlight += reads;
  }

  /** Notes that the store has returned the texts of this number of reads. */
  ended(reads: number): void {
    this.#inFlight -= reads;
  }
}
