import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { Report } from '../results.js';
import { drawBarChart } from './bar-chart.js';
import { charts } from './charts.js';
import { withMeasurement } from './publish.js';
import { reportMarkdown } from './report-markdown.js';

// The benchmark wrote the file.
const committed = JSON.parse(
  await readFile(new URL('../results.json', import.meta.url), 'utf8'),
) as Report;

test('the README shows the tables of the committed results', async () => {
  const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
  expect(readme).toContain(reportMarkdown(committed));
});

test.each(charts(committed))('the committed chart $name shows the results', async (chart) => {
  const file = new URL(`../charts/${chart.name}.svg`, import.meta.url);
  const svg = await drawBarChart(chart);
  expect(svg).toBe(await readFile(file, 'utf8'));
  expect(svg).not.toContain('NaN');
  for (const { text } of chart.bars) {
    expect(svg).toContain(text);
  }
});

test('a new measurement replaces the last one of its name, and others stay in place', () => {
  const [first, ...others] = committed.experiments.map((one) => ({ ...one, description: 'old' }));
  const measured = {
    ...first,
    name: 'cached-read',
    description: 'new',
    subjects: [],
    comparisons: [],
  };
  const last = { ...committed, experiments: [measured, ...others] };
  const merged = withMeasurement(last, {
    ...committed,
    experiments: [{ ...measured, description: 'newer' }],
    startUp: [],
  });
  expect(merged.experiments.map(({ description }) => description)).toEqual([
    'newer',
    ...others.map(() => 'old'),
  ]);
  expect(merged.startUp).toEqual(committed.startUp);
});

test('a measurement under other conditions is refused', () => {
  expect(() => withMeasurement(committed, { ...committed, pinned: false })).toThrow(
    'measured on another machine or with other settings',
  );
});
