import { sampleName } from './metric-family.js';
/** The upper bounds of the buckets, in seconds. */
const bounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** Counts durations by size, without allocating memory. */
export class DurationHistogram {
    /** The number of durations in each bucket alone; the last is the number above all bounds. */
    #counts = new Float64Array(bounds.length + 1);
    #sum = 0;
    observe(seconds) {
        let bucket = 0;
        while (seconds > (bounds[bucket] ?? Number.POSITIVE_INFINITY)) {
            bucket++;
        }
        this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
        this.#sum += seconds;
    }
    /** Returns the samples of a Prometheus histogram: cumulative buckets, sum and count. */
    *samples(name, labels) {
        let count = 0;
        for (const [bucket, inBucket] of this.#counts.entries()) {
            count += inBucket;
            const le = bucket < bounds.length ? String(bounds[bucket]) : '+Inf';
            yield [sampleName(`${name}_bucket`, { ...labels, le }), count];
        }
        yield [sampleName(`${name}_sum`, labels), this.#sum];
        yield [sampleName(`${name}_count`, labels), count];
    }
}
//# sourceMappingURL=duration-histogram.js.map