import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { replaceBetweenMarkers } from '../../report/replace-between-markers.js';
import type { Report } from '../results.js';
import { charts } from './charts.js';
import { reportMarkdown } from './report-markdown.js';

/** Keeps a report: `results.json`, a file for each chart, and the tables in the README of benchmarks. */
export async function publish(report: Report): Promise<void> {
  const folder = new URL('../', import.meta.url);
  const json = `${JSON.stringify(report, undefined, 2)}\n`;
  await writeFile(new URL('results.json', folder), json);
  await mkdir(new URL('charts/', folder), { recursive: true });
  for (const { name, svg } of charts(report)) {
    await writeFile(new URL(`charts/${name}.svg`, folder), svg);
  }
  const readme = new URL('../README.md', folder);
  const text = await readFile(readme, 'utf8');
  await writeFile(readme, replaceBetweenMarkers(text, 'http', reportMarkdown(report)));
}
