/** Milliseconds; a worker that has served for less died at once. */
const shortLifeMs = 1000;

/** So many deaths at once, one after the other, and it is given up. */
const maxShortLives = 5;

const firstPauseMs = 100;

/** Decides when a worker that died is replaced: at once, or more and more slowly if its successors die at once. */
export class RestartPolicy {
  #shortLives = 0;

  /**
   * Milliseconds to wait before the next worker is started; undefined: it is no use.
   * @param servedMs for how long the worker that died had served
   */
  afterDeath(servedMs: number): number | undefined {
    if (servedMs >= shortLifeMs) {
      this.#shortLives = 0;
      return 0;
    }
    this.#shortLives++;
    if (this.#shortLives >= maxShortLives) {
      return undefined;
    }
    return firstPauseMs * 2 ** (this.#shortLives - 1);
  }
}
