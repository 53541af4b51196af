/** Maximum lines per second, so that malformed messages cannot fill the disk. */
const LINES_PER_SECOND = 10;
/** Limits the rate of one kind of log line, and counts the suppressed lines. */
export class LineLimit {
    #now;
    #secondBegan = Number.NEGATIVE_INFINITY;
    #lines = 0;
    #suppressed = 0;
    /** @param now returns milliseconds of a clock that never goes back */
    constructor(now) {
        this.#now = now;
    }
    /**
     * Decides whether the next line is logged.
     *
     * @returns fields to add to the line, with the number of lines suppressed before it; undefined if
     * the line must be suppressed
     */
    next() {
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
//# sourceMappingURL=line-limit.js.map