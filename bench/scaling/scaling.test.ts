import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { averageCost, coresFor, limitOf } from './load-model.js';
import { costConditions, type RequestCosts, requestCosts } from './request-costs.js';
import { scalingCharts } from './scaling-charts.js';
import { scalingMarkdown } from './scaling-markdown.js';

const read = (path: string) => readFile(new URL(path, import.meta.url), 'utf8');
const report = JSON.parse(await read('../http/results.json'));
const committed = requestCosts(report);

test('docs/scaling.md shows what the model makes of the committed results', async () => {
  expect(await read('../../docs/scaling.md')).toContain(
    scalingMarkdown(committed, costConditions(report)),
  );
});

test('the charts show the committed results', async () => {
  for (const { name, svg } of await scalingCharts(committed)) {
    expect(svg).toBe(await read(`charts/${name}.svg`));
    expect(svg).not.toContain('NaN');
  }
});

test('a part is at its limit when it needs its share of its cores', () => {
  const cost = { api: 100, redis: 10, database: 50 };
  const one = { 'Cached read': cost, Miss: cost, 'Page of 20': cost, Update: cost, Create: cost };
  const costs: RequestCosts = { SQLite: one, PostgreSQL: one };
  const average = averageCost(costs, 'PostgreSQL');
  expect(average.redis).toBeCloseTo(10);
  expect(limitOf(average, 'redis')).toBeCloseTo(60_000);
  expect(coresFor(average.redis, 60_000)).toBeCloseTo(0.6);
  expect(limitOf(average, 'api')).toBe(Number.POSITIVE_INFINITY);
});

test('results without the costs are refused', () => {
  expect(() => requestCosts({ experiments: [] })).toThrow('--only request-cost');
});
