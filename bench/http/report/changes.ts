import { markdownTable } from '../../report/markdown-table.js';
import type { ExperimentResult } from '../results.js';
import { medianOf, rateText, timeText } from './figures.js';

/** Returns how late the events of streams came as a Markdown table. */
export function eventDelaysTable({ subjects }: ExperimentResult): string {
  const rows = subjects
    .filter(
      ({ title, latency }) =>
        /streams?( of all changes)?$/.test(title) &&
        latency.length > 0 &&
        !title.includes('without'),
    )
    .map(({ title, latency }) => [
      `${title}, ${rateText(medianOf(latency, 'requestsPerSecond'))}/s`,
      timeText(medianOf(latency, 'p50Micros')),
      timeText(medianOf(latency, 'p99Micros')),
    ]);
  return markdownTable(['From a change to its event', 'p50', 'p99'], rows);
}
