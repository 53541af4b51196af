import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { replaceBetweenMarkers } from '../../report/replace-between-markers.js';
import type { Report } from '../results.js';
import { drawBarChart } from './bar-chart.js';
import { charts } from './charts.js';
import { reportMarkdown } from './report-markdown.js';

/** Writes a report to `results.json`, its charts to `charts/`, and its tables into the README. */
export async function publish(report: Report): Promise<void> {
  const folder = new URL('../', import.meta.url);
  await writeFile(new URL('results.json', folder), `${JSON.stringify(report, undefined, 2)}\n`);
  await mkdir(new URL('charts/', folder), { recursive: true });
  for (const chart of charts(report.experiments)) {
    await writeFile(new URL(`charts/${chart.name}.svg`, folder), await drawBarChart(chart));
  }
  const readme = new URL('../README.md', folder);
  const text = await readFile(readme, 'utf8');
  await writeFile(readme, replaceBetweenMarkers(text, 'http', reportMarkdown(report)));
}

/**
 * Returns a report in which newly measured experiments replace those of the same name.
 *
 * @throws {Error} when they were measured under other conditions, because they do not compare then
 */
export function withMeasurement(report: Report, measured: Report): Report {
  const conditions = ({ environment, scale, pinned, generator }: Report) =>
    JSON.stringify([environment, scale, pinned, generator]);
  if (conditions(measured) !== conditions(report)) {
    throw new Error('The last report was measured on another machine or with other settings');
  }
  const found = new Map(measured.experiments.map((experiment) => [experiment.name, experiment]));
  return {
    ...report,
    experiments: report.experiments.map((last) => found.get(last.name) ?? last),
    ...(measured.memory && { memory: measured.memory }),
    startUp: measured.startUp.length > 0 ? measured.startUp : report.startUp,
  };
}
