import type { ChangeStreamKind, StreamKind } from '../../http/streams/running-streams.js';
import { labelledValues, type MetricFamily } from '../prometheus/metric-family.js';
import { add, labelled, StreamCounts, zeros } from './stream-counts.js';

/** What has become of a line of a stream. */
export type LineOutcome = 'exported' | 'created' | 'updated' | 'unchanged' | 'failed';

const outcomes: readonly LineOutcome[] = ['exported', 'created', 'updated', 'unchanged', 'failed'];

/** Counts imports and exports, and their lines. */
export class StreamMetrics extends StreamCounts<StreamKind> {
  readonly #lines = zeros(outcomes);

  constructor() {
    super({
      prefix: 'product_api_streams',
      subject: 'Imports and exports',
      kinds: ['export', 'import'],
    });
  }

  /** Counts lines with the same outcome. */
  lines(outcome: LineOutcome, count: number): void {
    add(this.#lines, outcome, count);
  }

  override families(): MetricFamily[] {
    return [
      ...super.families(),
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

/** Creates the counts of streams of changes, and of requests that wait for a change. */
export function changeStreamCounts(): StreamCounts<ChangeStreamKind> {
  return new StreamCounts({
    prefix: 'product_api_change_streams',
    subject: 'Streams of changes, and requests that wait for a change,',
    kinds: ['stream', 'wait'],
  });
}
