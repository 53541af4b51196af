import type { StreamObserver } from '../../http/streams/running-streams.js';
import { type Labels, labelledValues, type MetricFamily } from '../prometheus/metric-family.js';

/** What the metrics of some kinds of streams are called. */
export interface StreamCountsOptions<Kind extends string> {
  /** The beginning of the names of the metrics. */
  readonly prefix: string;
  /** What the streams are, as the subject of the help texts. */
  readonly subject: string;
  readonly kinds: readonly Kind[];
}

/** Counts streams. A duration would say nothing: it depends on the content. */
export class StreamCounts<Kind extends string> implements StreamObserver<Kind> {
  readonly #options: StreamCountsOptions<Kind>;
  readonly #running: Map<Kind, number>;
  readonly #complete: Map<Kind, number>;
  readonly #incomplete: Map<Kind, number>;

  constructor(options: StreamCountsOptions<Kind>) {
    this.#options = options;
    this.#running = zeros(options.kinds);
    this.#complete = zeros(options.kinds);
    this.#incomplete = zeros(options.kinds);
  }

  began(kind: Kind): void {
    add(this.#running, kind, 1);
  }

  ended(kind: Kind, isComplete: boolean): void {
    add(this.#running, kind, -1);
    add(isComplete ? this.#complete : this.#incomplete, kind, 1);
  }

  families(): MetricFamily[] {
    const { prefix, subject } = this.#options;
    return [
      labelledValues(
        {
          name: `${prefix}_running`,
          help: `${subject} that are running.`,
          type: 'gauge',
          merge: 'sum',
        },
        labelled(this.#running, (kind) => ({ kind })),
      ),
      labelledValues(
        {
          name: `${prefix}_total`,
          help: `${subject} that have ended, by whether they were complete.`,
          type: 'counter',
          merge: 'sum',
        },
        [
          ...labelled(this.#complete, (kind) => ({ kind, complete: 'true' })),
          ...labelled(this.#incomplete, (kind) => ({ kind, complete: 'false' })),
        ],
      ),
    ];
  }
}

/** Returns a count of 0 for each key. */
export function zeros<Key>(keys: readonly Key[]): Map<Key, number> {
  return new Map(keys.map((key) => [key, 0]));
}

/** Adds to one of the counts. */
export function add<Key>(counts: Map<Key, number>, key: Key, count: number): void {
  counts.set(key, (counts.get(key) ?? 0) + count);
}

/** Returns counts as the values of a metric. */
export function labelled<Key>(
  counts: ReadonlyMap<Key, number>,
  labelsOf: (key: Key) => Labels,
): (readonly [Labels, number])[] {
  return Array.from(counts, ([key, count]) => [labelsOf(key), count] as const);
}
