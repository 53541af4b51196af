import type { StreamKind, StreamObserver } from '../../http/streams/running-streams.js';
import { type Labels, labelledValues, type MetricFamily } from '../prometheus/metric-family.js';

const kinds: readonly StreamKind[] = ['export', 'import'];

/** What has become of a line of a stream. */
export type LineOutcome = 'exported' | 'created' | 'updated' | 'unchanged' | 'failed';

const outcomes: readonly LineOutcome[] = ['exported', 'created', 'updated', 'unchanged', 'failed'];

/** Counts streams and their lines. A duration would say nothing: it depends on the content. */
export class StreamMetrics implements StreamObserver {
  readonly #running = new Map(kinds.map((kind) => [kind, 0]));
  readonly #complete = new Map(kinds.map((kind) => [kind, 0]));
  readonly #incomplete = new Map(kinds.map((kind) => [kind, 0]));
  readonly #lines = new Map(outcomes.map((outcome) => [outcome, 0]));

  began(kind: StreamKind): void {
    add(this.#running, kind, 1);
  }

  ended(kind: StreamKind, isComplete: boolean): void {
    add(this.#running, kind, -1);
    add(isComplete ? this.#complete : this.#incomplete, kind, 1);
  }

  /** Counts lines with the same outcome. */
  lines(outcome: LineOutcome, count: number): void {
    add(this.#lines, outcome, count);
  }

  families(): MetricFamily[] {
    return [
      labelledValues(
        {
          name: 'product_api_streams_running',
          help: 'Imports and exports that are running.',
          type: 'gauge',
          merge: 'sum',
        },
        labelled(this.#running, (kind) => ({ kind })),
      ),
      labelledValues(
        {
          name: 'product_api_streams_total',
          help: 'Imports and exports that have ended, by whether they were complete.',
          type: 'counter',
          merge: 'sum',
        },
        [
          ...labelled(this.#complete, (kind) => ({ kind, complete: 'true' })),
          ...labelled(this.#incomplete, (kind) => ({ kind, complete: 'false' })),
        ],
      ),
      labelledValues(
        {
          name: 'product_api_stream_lines_total',
          help: 'Products of imports and exports, by what became of them.',
          type: 'counter',
          merge: 'sum',
        },
        labelled(this.#lines, (outcome) => ({ outcome })),
      ),
    ];
  }
}

function add<Key>(counts: Map<Key, number>, key: Key, count: number): void {
  counts.set(key, (counts.get(key) ?? 0) + count);
}

function labelled<Key>(
  counts: ReadonlyMap<Key, number>,
  labelsOf: (key: Key) => Labels,
): (readonly [Labels, number])[] {
  return Array.from(counts, ([key, count]) => [labelsOf(key), count] as const);
}
