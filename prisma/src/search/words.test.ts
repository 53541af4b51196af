import { expect, test } from 'vitest';
import { storedWords } from './stored-words.js';
import { indexedWords, wordsOf } from './words.js';

test.each([
  ['Wireless Mouse, 2.4 GHz', 'wireless mouse 2 4 ghz'],
  ['KT-INS114/DRE', 'kt ins114 dre'],
  ['Crème BRÛLÉE', 'creme brulee'],
  ['Cafe\u0301', 'cafe'],
  ['Straße STRASSE ẞ', 'strasse strasse ss'],
  ['ΛΌΓΟΣ λόγος', 'λογοσ λογοσ'],
  ['İstanbul ısı', 'istanbul isi'],
  ['ﬁne ½ Ⅷ x²', 'fine 1 2 viii x2'],
  ['電子 mouse ไทย', '電子 mouse ไทย'],
  ["o'neil 🐭 _ \u0000", 'o neil'],
  ['', ''],
])('the words of %j are %j', (text, words) => {
  expect(wordsOf(text).join(' ')).toBe(words);
});

test('the words of words are the same, for every character of Unicode', () => {
  const changed: string[] = [];
  for (let point = 0; point <= 0x10ffff; point++) {
    const words = wordsOf(`a${String.fromCodePoint(point)}b`).join(' ');
    if (wordsOf(words).join(' ') !== words) {
      changed.push(point.toString(16));
    }
  }
  expect(changed).toEqual([]);
});

test('a long word is several words, so that its beginning finds it', () => {
  const characters = '𝟘a'.repeat(100);
  expect(wordsOf(characters).map((word) => [...word].length)).toEqual([64, 64, 64, 8]);
  expect(wordsOf(characters).slice(0, 2)).toEqual(wordsOf(characters.slice(0, 192)).slice(0, 2));
});

test('texts have at most as many words as a database can store', () => {
  expect(indexedWords('a '.repeat(5000))).toHaveLength(250);
  const many = indexedWords(Array.from({ length: 20_000 }, (_, index) => index).join(' '));
  expect(many).toHaveLength(10_000);
  expect(many.at(-1)).toBe('9999');
});

test('words are stored with spaces or positions', () => {
  expect(storedWords.sqlite.name('A b, a')).toBe('a b a');
  expect(storedWords.postgresql.name('A b, a')).toBe("'a':1,3 'b':2");
  expect(storedWords.postgresql.description('A b')).toBe("'a':2 'b':3");
});
