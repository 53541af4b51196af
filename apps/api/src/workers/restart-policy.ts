/** Milliseconds; a worker that has served for less died at once. */
const SHORT_LIFE_MS = 1000;

/** So many deaths at once, one after the other, and it is given up. */
const MAX_SHORT_LIVES = 5;

const FIRST_PAUSE_MS = 100;

/** Decides when a worker that died is replaced: at once, or more and more slowly if its successors die at once. */
export class RestartPolicy {
  #shortLives = 0;

  /**
   * Milliseconds to wait before the next worker is started; undefined: it is no use.
   * @param servedMs for how long the worker that died had served
   */
  afterDeath(servedMs: number): number | undefined {
    if (servedMs >= SHORT_LIFE_MS) {
      this.#shortLives = 0;
      return 0;
    }
    this.#shortLives++;
    if (this.#shortLives >= MAX_SHORT_LIVES) {
      return undefined;
    }
    return FIRST_PAUSE_MS * 2 ** (this.#shortLives - 1);
  }
}
