import { expect, it as test } from 'vitest';
import type { Report } from '../results.js';
import { fullScale } from '../scale.js';
import { withMeasurement } from './with-measurement.js';

function report(experiments: Readonly<Record<string, string>>, pinned = true): Report {
  return {
    date: '2026-01-31',
    environment: {
      cpu: 'a',
      cores: 2,
      memoryGib: 4,
      system: 'b',
      node: '20',
      redis: '7',
      versions: {},
    },
    scale: fullScale,
    pinned,
    generator: 'wrk',
    experiments: Object.entries(experiments).map(([name, what]) => ({
      name,
      what,
      standings: [],
      comparisons: [],
    })),
    startUp: [{ products: 1, milliseconds: [2] }],
  };
}

test('replaces what was measured, and keeps the rest in its place', () => {
  const merged = withMeasurement(report({ a: 'old', b: 'old' }), {
    ...report({ a: 'new' }),
    startUp: [],
  });
  expect(merged).toEqual(report({ a: 'new', b: 'old' }));
});

test('refuses what was measured otherwise', () => {
  expect(() => withMeasurement(report({ a: 'old' }), report({ a: 'new' }, false))).toThrow(
    'measured otherwise',
  );
});
