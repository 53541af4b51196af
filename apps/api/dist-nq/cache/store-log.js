import { EpisodeLog } from '../logging/episode-log.js';
/** The message for each new reason why Redis cannot be used. */
export const REDIS_UNUSABLE = 'Redis cannot be used: serving from the database alone until it can';
/** Logs the events of the cache's store. During an outage, each reason is logged once. */
export class StoreLog {
    #logger;
    #explain;
    #outages;
    #fullTimes;
    constructor(logger, explain) {
        this.#logger = logger;
        this.#explain = explain;
        this.#outages = new EpisodeLog(logger);
        this.#fullTimes = new EpisodeLog(logger);
    }
    log(event) {
        switch (event.type) {
            case 'state':
                if (event.state === 'ready') {
                    const { server } = event;
                    this.#outages.add('info', server === undefined ? {} : { server }, 'Redis is in use');
                }
                else {
                    this.#beginOutage(event.failure);
                }
                break;
            case 'unusable':
                this.#outages.add(levelOf(event.failure), this.#explain(event.failure), REDIS_UNUSABLE);
                break;
            case 'recovered': {
                const { applied, cleared } = event;
                this.#outages.add('info', { applied, cleared }, 'Redis is up to date');
                break;
            }
            case 'full':
                this.#fullTimes.begin('warn', this.#explain(event.failure), 'Redis is full: products that it does not hold are served from the database');
                break;
            case 'no-longer-full':
                this.#fullTimes.add('info', {}, 'Redis takes new entries again');
                break;
            case 'oversized-value':
                this.#logger.warn({ key: event.key, bytes: event.bytes }, 'value in the cache is too long to be one: deleted, and its key not read for a while');
                break;
            case 'relayed':
                this.#logger.debug({ applied: event.applied }, 'changes applied to the cache');
                break;
            case 'cleared':
                this.#logger.warn({ reason: event.reason, keys: event.keys }, 'cache cleared');
                break;
            case 'change-log-error':
                this.#logger.error({ err: event.error }, 'change log cannot be read: the cache may fall behind');
        }
    }
    #beginOutage(failure) {
        this.#outages.begin(levelOf(failure), this.#explain(failure), 'Redis is bypassed');
    }
}
/**
 * Returns `error` for two catalogs in one namespace: only a change of their configuration ends
 * that.
 */
function levelOf({ kind }) {
    return kind === 'claimed-by-other-database' ? 'error' : 'warn';
}
//# sourceMappingURL=store-log.js.map