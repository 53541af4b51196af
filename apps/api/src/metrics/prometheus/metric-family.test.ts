import { expect, test } from 'vitest';
import { mergeFamilies } from './merge-families.js';
import { labelledValues, type MetricFamily, singleValue } from './metric-family.js';
import { toTextFormat } from './text-format.js';

function gauge(merge: MetricFamily['merge'], value: number): MetricFamily {
  return singleValue({ name: merge, help: 'A gauge.', type: 'gauge', merge }, value);
}

test('families of several processes are merged as each family declares', () => {
  const sets = [1, 2, 3].map((n) => [gauge('sum', n), gauge('max', n), gauge('min', n)]);
  const merged = mergeFamilies(sets).map(({ name, samples }) => [name, samples.get(name)]);
  expect(Object.fromEntries(merged)).toEqual({ sum: 6, max: 3, min: 1 });
});

test('a sample that only one process has is kept', () => {
  const description = { name: 'reads', help: 'Reads.', type: 'counter', merge: 'sum' } as const;
  const merged = mergeFamilies([
    [labelledValues(description, [[{ from: 'a' }, 1]])],
    [labelledValues(description, [[{ from: 'b' }, 2]])],
  ]);
  expect(toTextFormat(merged)).toContain('reads{from="a"} 1\nreads{from="b"} 2\n');
});

test('labels, help and numbers are escaped as the format requires', () => {
  const description = { name: 'odd', help: 'a\\b\nc', type: 'gauge', merge: 'sum' } as const;
  const family = labelledValues(description, [
    [{ text: 'a"b\\c\nd' }, Number.POSITIVE_INFINITY],
    [{ text: 'none' }, Number.NaN],
  ]);
  expect(toTextFormat([family])).toBe(
    [
      '# HELP odd a\\\\b\\nc',
      '# TYPE odd gauge',
      'odd{text="a\\"b\\\\c\\nd"} +Inf',
      'odd{text="none"} NaN',
      '',
    ].join('\n'),
  );
});
