/** Milliseconds of service below which a worker's death counts as early. */
const EARLY_DEATH_MS = 1000;
/** Early deaths in a row after which no more workers are started. */
const MAX_EARLY_DEATHS = 5;
const FIRST_PAUSE_MS = 100;
/**
 * Decides when a dead worker is replaced: at once, or after growing pauses if workers die early.
 */
export class RestartPolicy {
    #earlyDeaths = 0;
    /**
     * Returns the milliseconds to wait before the next worker is started; undefined to give up.
     *
     * @param servedMs how long the dead worker had served
     */
    afterDeath(servedMs) {
        if (servedMs >= EARLY_DEATH_MS) {
            this.#earlyDeaths = 0;
            return 0;
        }
        this.#earlyDeaths++;
        if (this.#earlyDeaths >= MAX_EARLY_DEATHS) {
            return undefined;
        }
        return FIRST_PAUSE_MS * 2 ** (this.#earlyDeaths - 1);
    }
}
//# sourceMappingURL=restart-policy.js.map