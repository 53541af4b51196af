import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { Report } from '../results.js';
import { drawBarChart } from './bar-chart.js';
import { charts } from './charts.js';
import { withMeasurement } from './publish.js';
import { reportMarkdown } from './report-markdown.js';

const read = (path: string) => readFile(new URL(path, import.meta.url), 'utf8');

// The benchmark wrote the file.
const committed = JSON.parse(await read('../results.json')) as Report;

test('the README shows the tables of the committed results', async () => {
  expect(await read('../../README.md')).toContain(reportMarkdown(committed));
});

test.each(charts(committed.experiments))(
  'the committed chart $name shows the results',
  async (chart) => {
    const svg = await drawBarChart(chart);
    expect(svg).toBe(await read(`../charts/${chart.name}.svg`));
    expect(svg).not.toContain('NaN');
    for (const { text } of chart.bars) {
      expect(svg).toContain(text);
    }
  },
);

test('a new measurement replaces the last one of its name, and others stay in place', () => {
  const [, ...others] = committed.experiments;
  const measured = { name: 'cached-read', subjects: [], comparisons: [] };
  const merged = withMeasurement(committed, {
    ...committed,
    experiments: [measured],
    startUp: [],
  });
  expect(merged).toEqual({ ...committed, experiments: [measured, ...others] });
});

test('a measurement under other conditions is refused', () => {
  expect(() => withMeasurement(committed, { ...committed, pinned: false })).toThrow(
    'measured on another machine or with other settings',
  );
});
