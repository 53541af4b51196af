import type { Dialect } from '../database.js';
import { indexedWords } from './words.js';

/** The words of a text as the search entry of a product stores them. */
export interface StoredWords {
  name(text: string): string;
  description(text: string): string;
}

/**
 * By dialect: SQLite's index splits a text at its spaces; PostgreSQL stores each word with its
 * positions. The positions of a description start at 2, so that no phrase reaches from the name
 * into the description.
 */
export const storedWords: Readonly<Record<Dialect, StoredWords>> = {
  sqlite: {
    name: (text) => indexedWords(text).join(' '),
    description: (text) => indexedWords(text).join(' '),
  },
  postgresql: {
    name: (text) => asVector(indexedWords(text), 1),
    description: (text) => asVector(indexedWords(text), 2),
  },
};

/** Returns the text of a `tsvector`. Words have only letters and digits: nothing to escape. */
function asVector(words: readonly string[], firstPosition: number): string {
  const positions = new Map<string, number[]>();
  for (const [index, word] of words.entries()) {
    const ofWord = positions.get(word) ?? [];
    ofWord.push(firstPosition + index);
    positions.set(word, ofWord);
  }
  return Array.from(positions, ([word, at]) => `'${word}':${at.join(',')}`).join(' ');
}
