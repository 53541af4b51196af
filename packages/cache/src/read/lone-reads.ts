/**
 * Decides which reads skip the batch of their turn of the event loop. If the previous read was
 * alone in its turn and nothing is in flight, the next read is probably alone too, and is sent
 * immediately instead of at the end of the turn. Reads of a local store are always batched: they
 * gain nothing.
 */
export class LoneReads {
  readonly #isRemote: boolean;
  #expectsLoneRead: boolean;
  #inFlight = 0;

  constructor({ isRemote }: { readonly isRemote: boolean }) {
    this.#isRemote = isRemote;
    this.#expectsLoneRead = isRemote;
  }

  /** Returns whether to send this read immediately. If so, an `ended` call must follow. */
  tryBegin(): boolean {
    const isLone = this.#expectsLoneRead && this.#inFlight === 0;
    if (isLone) {
      this.#inFlight += 1;
    } else {
      this.#expectsLoneRead = false;
    }
    return isLone;
  }

  /** Notes that a batch of reads is sent. An `ended` call must follow. */
  beginBatch(size: number): void {
    this.#expectsLoneRead = this.#isRemote && size === 1 && this.#inFlight === 0;
    this.#inFlight += 1;
  }

  /** Notes that the store has returned the texts of a lone read or of a batch. */
  ended(): void {
    this.#inFlight -= 1;
  }
}
