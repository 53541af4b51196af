import { describeWith } from '@product-api/testing/describe-with';
import { expect, it as test } from 'vitest';
import { experiments } from './experiments/experiments.js';
import { findCores } from './machine/cores.js';
import { charts } from './report/charts.js';
import { reportMarkdown } from './report/report-markdown.js';
import { runBenchmark } from './runner/run-benchmark.js';
import { quickScale } from './scale.js';

/** Ten times what a quick run takes on an idle machine. */
const timeoutMs = 600_000;

describeWith('redis')('the benchmark', () => {
  test('measures every contestant and draws what it found', { timeout: timeoutMs }, async () => {
    const report = await runBenchmark({
      scale: quickScale,
      cores: await findCores(),
      generator: 'built-in',
      onProgress: () => undefined,
    });

    const planned = experiments(quickScale);
    expect(report.experiments.map(({ name }) => name)).toEqual(planned.map(({ name }) => name));
    for (const [index, { contestants, comparisons }] of planned.entries()) {
      const result = report.experiments[index];
      expect(result?.standings.map(({ name }) => name)).toEqual(
        contestants.map(({ name }) => name),
      );
      for (const { title, rounds } of result?.standings ?? []) {
        expect(rounds.length, title).toBeGreaterThanOrEqual(
          quickScale.launches * quickScale.rounds,
        );
        expect(rounds[0]?.requestsPerSecond, title).toBeGreaterThan(0);
      }
      expect(result?.comparisons.map(({ what }) => what)).toEqual(
        comparisons.map(({ what }) => what),
      );
      for (const { what, ratio } of result?.comparisons ?? []) {
        expect(ratio, what).toBeGreaterThan(0);
      }
    }
    expect(report.startUp.map(({ products }) => products)).toEqual(quickScale.sizes);

    const markdown = reportMarkdown(report);
    for (const { what } of planned.flatMap(({ comparisons }) => comparisons)) {
      expect(markdown).toContain(what);
    }
    for (const { name, svg } of charts(report)) {
      expect(markdown).toContain(`charts/${name}.svg`);
      expect(svg).not.toContain('NaN');
    }
  });

  test('refuses a name that nothing has', async () => {
    const lab = {
      scale: quickScale,
      cores: await findCores(),
      generator: 'built-in',
      onProgress: () => undefined,
    } as const;
    await expect(runBenchmark(lab, 'cached')).rejects.toThrow('There is no cached; there are');
  });
});
