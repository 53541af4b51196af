import { describeWith } from '@product-api/testing/describe-with';
import { expect, test } from 'vitest';
import { experiments } from './experiments.js';
import { hasWrk } from './load/send-load.js';
import { charts } from './report/charts.js';
import { reportMarkdown } from './report/report-markdown.js';
import { findCores } from './run/machine.js';
import { runBenchmark } from './run/run-benchmark.js';
import { quickScale } from './scale.js';

/** TEST_BENCH=all runs every experiment, which takes minutes. */
const runsAll = process.env['TEST_BENCH'] === 'all';

const bench = {
  scale: quickScale,
  cores: await findCores(),
  wrk: await hasWrk(),
  onProgress: () => undefined,
};

/** Reads from the service and from one peer. */
const small = experiments(quickScale)
  .filter(({ name }) => name === 'cached-read')
  .map(({ subjects, comparisons, ...experiment }) => ({
    ...experiment,
    subjects: subjects.slice(0, 2),
    comparisons: comparisons.slice(0, 1),
  }));

describeWith('redis')('the benchmark', () => {
  test.each([
    { what: 'one small experiment', only: 'cached-read', planned: small },
    ...(runsAll ? [{ what: 'everything', only: undefined, planned: experiments(quickScale) }] : []),
  ])('measures and reports $what', { timeout: 900_000 }, async ({ only, planned }) => {
    const report = await runBenchmark(bench, only, planned);

    expect(report.experiments.map(({ name }) => name)).toEqual(planned.map(({ name }) => name));
    for (const [index, { subjects, comparisons }] of planned.entries()) {
      const result = report.experiments[index];
      expect(result?.subjects.map(({ name }) => name)).toEqual(subjects.map(({ name }) => name));
      for (const { title, rounds } of result?.subjects ?? []) {
        expect(rounds.length, title).toBeGreaterThanOrEqual(1);
        expect(rounds[0]?.requestsPerSecond, title).toBeGreaterThan(0);
      }
      expect(result?.comparisons).toMatchObject(comparisons);
      for (const { title, ratio } of result?.comparisons ?? []) {
        expect(ratio, title).toBeGreaterThan(0);
      }
    }
    const markdown = reportMarkdown(report);
    for (const { title } of planned.flatMap(({ comparisons }) => comparisons)) {
      expect(markdown).toContain(title);
    }
    expect(JSON.stringify(charts(report))).not.toContain('NaN');
    expect(report.startUp.length).toBe(only === undefined ? quickScale.sizes.length : 0);
  });

  test('an unknown name is refused', async () => {
    await expect(runBenchmark(bench, 'cached')).rejects.toThrow('Unknown measurement cached; use');
  });
});
