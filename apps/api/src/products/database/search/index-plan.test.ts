import { expect, test } from 'vitest';
import { parseSearch } from '../../search/search-query.js';
import { planIndex, sampledWords } from './index-plan.js';

/** Plans a search of a million products, of which texts are the newest. */
function plan(search: string, texts: readonly string[], entries = 1_000_000) {
  const parsed = parseSearch(search);
  const sets = texts.map((text) => {
    const words = text.split(' ');
    const bits = sampledWords(parsed).map(({ word, isPrefix }, index) =>
      words.some((each) => (isPrefix ? each.startsWith(word) : each === word)) ? 1 << index : 0,
    );
    return { words: bits.reduce((sum, bit) => sum + bit, 0), count: 1 };
  });
  const { words, ...rest } = planIndex(parsed, { entries, sets });
  return { words: words.map(({ word, isPrefix }) => `${word}${isPrefix ? '*' : ''}`), ...rest };
}

const mice = ['wireless mouse six week', 'wireless mouse two year'];

test.each([
  // No product of the sample has it, so it is enough.
  ['xylograph wirel', mice, ['xylograph']],
  ['mouse wireless six year', mice, ['six', 'year*']],
  ['year mouse wireless six', mice, ['year', 'six*']],
  // All have both.
  ['wireless mou', mice, ['wireless']],
  ['"mouse wireless"', mice, ['mouse']],
  ['mouse mouse', ['mouse'], ['mouse']],
  ['six', [], ['six*']],
] as const)('the index finds %j by the words it needs', (search, texts, words) => {
  expect(plan(search, texts).words).toEqual(words);
});

test('the index compares a bounded number of products', () => {
  expect(plan('six year', mice)).toMatchObject({ isBounded: true, isBoundedForAll: true });
  expect(plan('six year mouse', mice)).toMatchObject({ isBounded: true, isBoundedForAll: false });
  expect(plan('six year', mice, 2_000_000)).toMatchObject({ isBounded: false });
  expect(plan('mouse -wireless', mice)).toMatchObject({ isBounded: false });
  expect(plan('mouse -xylograph', mice)).toMatchObject({ isBounded: true });
  expect(plan('xylograph -mouse', mice, 1e9)).toMatchObject({ isBounded: true });
  expect(plan('xylograph', mice, 1e9)).toMatchObject({ isBounded: true, expected: 0 });
  expect(plan('"mouse wireless"', mice)).toMatchObject({ expected: 1_000_000 });
  expect(plan('six', [], 0)).toMatchObject({ isBounded: true, expected: 0 });
});
