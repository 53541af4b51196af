import { describeWith } from '@product-api/testing/describe-with';
import { expect, test } from 'vitest';
import { experiments } from './experiments.js';
import { charts } from './report/charts.js';
import { reportMarkdown } from './report/report-markdown.js';
import { runBenchmark } from './run/run-benchmark.js';
import { quickScale } from './scale.js';

const all = experiments(quickScale);

/** Cached reads from the service and from one peer. */
const small = all.slice(0, 1).map(({ subjects, comparisons, ...experiment }) => ({
  ...experiment,
  subjects: subjects.slice(0, 2),
  comparisons: comparisons.slice(0, 1),
}));

/** TEST_BENCH=all measures everything, which takes minutes. */
const isAll = process.env['TEST_BENCH'] === 'all';
const planned = isAll ? all : small;

describeWith('redis', 'wrk')('the benchmark', () => {
  test(`measures ${isAll ? 'everything' : 'a small experiment'}`, {
    timeout: 900_000,
  }, async () => {
    const only = isAll ? undefined : 'cached-read';
    const report = await runBenchmark(planned, quickScale, only, () => undefined);
    const measured = report.experiments;
    expect(measured.flatMap(({ subjects }) => subjects.map(({ title }) => title))).toEqual(
      planned.flatMap(({ subjects }) => subjects.map(({ title }) => title)),
    );
    expect(measured.flatMap(({ comparisons }) => comparisons)).toMatchObject(
      planned.flatMap(({ comparisons }) => comparisons),
    );
    for (const { subjects, comparisons } of report.experiments) {
      expect(subjects.every(({ rounds: [round] }) => Number(round?.requestsPerSecond) > 0)).toBe(
        true,
      );
      expect(comparisons.every(({ ratio }) => ratio > 0)).toBe(true);
    }
    const markdown = reportMarkdown(report);
    for (const { title } of planned.flatMap(({ comparisons }) => comparisons)) {
      expect(markdown).toContain(title);
    }
    expect(JSON.stringify(charts(report.experiments))).not.toContain('null');
    expect(report.startUp.length).toBe(isAll ? quickScale.sizes.length : 0);
  });

  test('an unknown name is refused', async () => {
    const run = runBenchmark(all, quickScale, 'cached', () => undefined);
    await expect(run).rejects.toThrow('Unknown measurement cached; use');
  });
});
