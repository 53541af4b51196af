/** Number of episodes that can be logged in a row, before `PACE_MS` limits them. */
const BURST_SIZE = 10;
/** Milliseconds after which one more episode can be logged. */
const PACE_MS = 60_000;
/**
 * Logs episodes, such as outages, that begin, continue and end. After ten episodes in a row only
 * one a minute is logged. The others are logged at level debug, and counted in the next logged one.
 */
export class EpisodeLog {
    #logger;
    #now;
    #allowance = BURST_SIZE;
    #allowedAt;
    #isQuiet = false;
    #unlogged = 0;
    /** @param now returns the time in milliseconds since any moment */
    constructor(logger, now = () => performance.now()) {
        this.#logger = logger;
        this.#now = now;
        this.#allowedAt = now();
    }
    /** Logs the beginning of an episode. */
    begin(level, fields, message) {
        this.#isQuiet = !this.#takeAllowance();
        const unlogged = this.#isQuiet || this.#unlogged === 0 ? {} : { unlogged: this.#unlogged };
        this.#unlogged = this.#isQuiet ? this.#unlogged + 1 : 0;
        this.add(level, { ...fields, ...unlogged }, message);
    }
    /** Logs another line of the current episode, at level debug if its beginning was. */
    add(level, fields, message) {
        this.#logger[this.#isQuiet ? 'debug' : level](fields, message);
    }
    #takeAllowance() {
        const now = this.#now();
        const earned = Math.floor((now - this.#allowedAt) / PACE_MS);
        this.#allowance = Math.min(BURST_SIZE, this.#allowance + earned);
        this.#allowedAt += earned * PACE_MS;
        if (this.#allowance === 0) {
            return false;
        }
        this.#allowance--;
        return true;
    }
}
//# sourceMappingURL=episode-log.js.map