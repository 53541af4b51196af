import { describeWith } from '@product-api/testing/describe-with';
import { expect, test } from 'vitest';
import { experiments } from './experiments.js';
import { hasWrk } from './load/send-load.js';
import { charts } from './report/charts.js';
import { reportMarkdown } from './report/report-markdown.js';
import { findCores } from './run/machine.js';
import { runBenchmark } from './run/run-benchmark.js';
import { quickScale } from './scale.js';

const bench = {
  scale: quickScale,
  cores: await findCores(),
  wrk: await hasWrk(),
  onProgress: () => undefined,
};
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

describeWith('redis')('the benchmark', () => {
  test(`measures ${isAll ? 'everything' : 'a small experiment'}`, {
    timeout: 900_000,
  }, async () => {
    const report = await runBenchmark(bench, isAll ? undefined : 'cached-read', planned);
    const { experiments: results, startUp } = report;
    expect(results).toMatchObject(
      planned.map(({ name, subjects, comparisons }) => ({
        name,
        subjects: subjects.map((subject) => ({ name: subject.name, title: subject.title })),
        comparisons,
      })),
    );
    for (const { subjects, comparisons } of results) {
      expect(subjects.every(({ rounds: [round] }) => round && round.requestsPerSecond > 0)).toBe(
        true,
      );
      expect(comparisons.every(({ ratio }) => ratio > 0)).toBe(true);
    }
    const markdown = reportMarkdown(report);
    for (const { title } of planned.flatMap(({ comparisons }) => comparisons)) {
      expect(markdown).toContain(title);
    }
    expect(charts(results).length).toBeGreaterThan(0);
    expect(JSON.stringify(charts(results))).not.toContain('null');
    expect(startUp.length).toBe(isAll ? quickScale.sizes.length : 0);
  });

  test('an unknown name is refused', async () => {
    await expect(runBenchmark(bench, 'cached')).rejects.toThrow('Unknown measurement cached; use');
  });
});
