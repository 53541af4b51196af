// Rewrites the tables and charts of docs/scaling.md from the measured costs of requests.
import { readFile, writeFile } from 'node:fs/promises';
import type { Report } from '../http/results.js';
import { replaceBetweenMarkers } from '../report/replace-between-markers.js';
import { costConditions, requestCosts } from './request-costs.js';
import { scalingCharts } from './scaling-charts.js';
import { scalingMarkdown } from './scaling-markdown.js';

const results = await readFile(new URL('../http/results.json', import.meta.url), 'utf8');
const report: Report = JSON.parse(results);
const costs = requestCosts(report);
for (const { name, svg } of await scalingCharts(costs)) {
  await writeFile(new URL(`charts/${name}.svg`, import.meta.url), svg);
}
const page = new URL('../../docs/scaling.md', import.meta.url);
const text = await readFile(page, 'utf8');
await writeFile(
  page,
  replaceBetweenMarkers(text, 'scaling', scalingMarkdown(costs, costConditions(report))),
);
