/**
 * Decides which reads skip the batch of their tick. If the previous read was alone in its tick and
 * nothing is in flight, the next one is probably alone too: sent at once, it saves the wait for the
 * end of the tick. Reads of a local store save nothing by that, and are always batched.
 */
export class LoneReads {
  readonly #isRemote: boolean;
  #expectsLoneRead: boolean;
  #inFlight = 0;

  constructor({ isRemote }: { readonly isRemote: boolean }) {
    this.#isRemote = isRemote;
    this.#expectsLoneRead = isRemote;
  }

  /** Returns whether to send this read at once; `ended` must follow it then, else the read must be batched. */
  tryBegin(): boolean {
    const isLone = this.#expectsLoneRead && this.#inFlight === 0;
    if (isLone) {
      this.#inFlight += 1;
    } else {
      this.#expectsLoneRead = false;
    }
    return isLone;
  }

  /** Notes that a batch of reads is sent; `ended` must follow it. */
  beginBatch(size: number): void {
    this.#expectsLoneRead = this.#isRemote && size === 1 && this.#inFlight === 0;
    this.#inFlight += 1;
  }

  /** Notes that the store has replied to a lone read or to a batch. */
  ended(): void {
    this.#inFlight -= 1;
  }
}
