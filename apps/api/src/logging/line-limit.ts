/** Lines a second, at most: whoever sends garbage does not fill the disk. */
const LINES_PER_SECOND = 10;

/** Bounds the rate of a kind of log line, and counts what it suppresses. */
export class LineLimit {
  readonly #now: () => number;
  #secondBegan = Number.NEGATIVE_INFINITY;
  #lines = 0;
  #suppressed = 0;

  /** @param now the time in milliseconds, by a clock that only goes forward */
  constructor(now: () => number) {
    this.#now = now;
  }

  /**
   * Asks for a line.
   *
   * @returns the fields to add to it, which say how many were suppressed before; undefined if it is
   * to be suppressed
   */
  next(): { readonly suppressed_lines?: number } | undefined {
    if (this.#now() - this.#secondBegan >= 1000) {
      this.#secondBegan = this.#now();
      this.#lines = 0;
    }
    if (this.#lines >= LINES_PER_SECOND) {
      this.#suppressed += 1;
      return undefined;
    }
    this.#lines += 1;
    const suppressed = this.#suppressed;
    this.#suppressed = 0;
    return suppressed > 0 ? { suppressed_lines: suppressed } : {};
  }
}
