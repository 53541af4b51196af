import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { Report } from '../results.js';
import { charts, draw } from './charts.js';
import { compare } from './figures.js';
import { reportMarkdown } from './report-markdown.js';
import { withReplaced } from './with-replaced.js';

const read = (path: string) => readFile(new URL(path, import.meta.url), 'utf8');

// The benchmark wrote the file.
const committed = JSON.parse(await read('../results.json')) as Report;

test('the README shows the tables of the committed results', async () => {
  expect(await read('../../README.md')).toContain(reportMarkdown(committed));
});

test.each(charts(committed.experiments))('the chart $name shows the results', async (chart) => {
  const svg = await draw(chart);
  expect(svg).toBe(await read(`../charts/${chart.name}.svg`));
  expect(svg).not.toContain('NaN');
  for (const { text } of 'bars' in chart ? chart.bars : []) {
    expect(svg).toContain(text);
  }
});

const comparison = { title: 'ours ÷ theirs', of: 'ours', to: 'theirs' } as const;

function result(title: string, rates: readonly number[], p50Micros = 1) {
  const rounds = rates.map((requestsPerSecond) => ({ requestsPerSecond, p50Micros }));
  return { title, rounds, latency: [] };
}

test('a ratio is the median of the ratios of the rounds, not the ratio of the medians', () => {
  const results = [result('ours', [100, 20, 40]), result('theirs', [100, 10, 50])];
  const compared = compare({ ...comparison, by: 'requestsPerSecond' }, results);
  expect(compared).toMatchObject({ ratio: 1, quartiles: [0.9, 1.5] });
});

test('a shorter latency is better', () => {
  const results = [result('ours', [1], 50), result('theirs', [1], 100)];
  expect(compare({ ...comparison, by: 'p50Micros' }, results).ratio).toBe(2);
});

test('an experiment that was measured again replaces the last one, with its own date', () => {
  const [first] = committed.experiments;
  if (first === undefined) {
    throw new Error('There are no results');
  }
  const again = { ...first, comparisons: [] };
  const later = { ...committed, date: '2030-01-01', experiments: [again] };
  const { date, experiments } = withReplaced(committed, later);
  expect(date).toBe(committed.date);
  expect(experiments.map(({ name }) => name)).toEqual(
    committed.experiments.map(({ name }) => name),
  );
  expect(experiments[0]).toMatchObject({ ...again, conditions: { date: '2030-01-01' } });
});
