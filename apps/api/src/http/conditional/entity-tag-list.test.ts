import { expect, test } from 'vitest';
import { includesTag, parseEntityTags } from './entity-tag-list.js';

test.each([
  ['"a"', ['a']],
  ['"a", "b"', ['a', 'b']],
  ['"a","b"', ['a', 'b']],
  ['"a"\t,\t "b"', ['a', 'b']],
  ['"a,b", "c, d"', ['a,b', 'c, d']],
  ['","', [',']],
  ['W/"a"', ['a']],
  ['"a-gzip", W/"b-br", "c-gzip-gzip"', ['a', 'b', 'c-gzip']],
  ['""', ['']],
  [', ,"a", ,', ['a']],
  ['"\u00ff\u0080\\"', ['\u00ff\u0080\\']],
  ['', []],
  [',', []],
])('%j is a list of entity tags', (header, tags) => {
  expect(parseEntityTags(header)).toEqual(new Set(tags));
});

test.each([
  'a',
  '"a',
  'a"',
  '"a" "b"',
  '"a"b',
  '"a" b, "c"',
  '"a", b',
  'w/"a"',
  'W/ "a"',
  'W/a',
  '"a"b"',
  '*, "a"',
  '"a", *',
  '**',
  "'a'",
])('%j is neither a list nor *', (header) => {
  expect(parseEntityTags(header)).toBeUndefined();
});

test('* includes every tag', () => {
  expect(parseEntityTags('*')).toBe('*');
  expect(includesTag('*', '"a"')).toBe(true);
});

test('a hostile list is parsed in linear time', () => {
  const startedAt = performance.now();
  for (const hostile of [
    `"a",${' '.repeat(100_000)}x`,
    `"${'a'.repeat(100_000)}`,
    `${'"a",'.repeat(50_000)}x`,
    `${','.repeat(100_000)}x`,
    `"a"${'\t'.repeat(100_000)}x`,
  ]) {
    expect(parseEntityTags(hostile)).toBeUndefined();
  }
  expect(performance.now() - startedAt).toBeLessThan(5000);
});
