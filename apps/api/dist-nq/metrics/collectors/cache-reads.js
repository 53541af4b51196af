import { labelledValues } from '../prometheus/metric-family.js';
/** One source of a batch, with its number of ids, as in `HIT 198, MISS 2`. */
const COUNTED_OUTCOME = /(HIT|MISS|BYPASS) (\d+)/g;
/** Counts the reads of products by what the cache did for them: hit, miss or bypass. */
export class CacheReads {
    #hits = 0;
    #misses = 0;
    #bypasses = 0;
    /** @param outcome the value of `X-Cache` in the response; any other value is not counted */
    count(outcome) {
        if (outcome === 'HIT' || outcome === 'MISS' || outcome === 'BYPASS') {
            this.#add(outcome, 1);
        }
        else if (typeof outcome === 'string') {
            for (const [, source, number] of outcome.matchAll(COUNTED_OUTCOME)) {
                this.#add(source, Number(number));
            }
        }
    }
    #add(source, number) {
        if (source === 'HIT') {
            this.#hits += number;
        }
        else if (source === 'MISS') {
            this.#misses += number;
        }
        else {
            this.#bypasses += number;
        }
    }
    families() {
        const description = {
            name: 'product_api_cache_reads_total',
            help: 'Reads of a product by cache result.',
            type: 'counter',
            merge: 'sum',
        };
        return [
            labelledValues(description, [
                [{ result: 'hit' }, this.#hits],
                [{ result: 'miss' }, this.#misses],
                [{ result: 'bypass' }, this.#bypasses],
            ]),
        ];
    }
}
//# sourceMappingURL=cache-reads.js.map