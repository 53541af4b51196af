import { markdownTable } from '../../report/markdown-table.js';
import type { ExperimentResult, Standing } from '../results.js';
import { isGeneratorBound, latencyOf, medianOf, rateText, timeText } from './figures.js';

/** Stands behind a rate that may be the generator's own. */
export const generatorBoundMark = ' †';

/** One line for each contestant: medians of its rounds, and of its latencies where there are some. */
export function standingTable(head: string, { standings }: ExperimentResult): string {
  const withLatency = standings.some(({ latency }) => latency.length > 0);
  return markdownTable(
    [
      head,
      'Requests/s',
      'Processor time for each',
      ...(withLatency ? ['p50 at 60% of that rate', 'p99'] : []),
    ],
    standings.map((standing) => [
      standing.title,
      rateText(medianOf(standing, 'requestsPerSecond')) +
        (isGeneratorBound(standing) ? generatorBoundMark : ''),
      timeText(medianOf(standing, 'cpuMicros')),
      ...(withLatency ? latencyCells(standing) : []),
    ]),
  );
}

function latencyCells(standing: Standing): string[] {
  const latency = latencyOf(standing);
  return [timeText(latency?.p50), timeText(latency?.p99)];
}
