/** Code points of a word; a longer run of letters and digits is several words. */
const MAX_WORD_LENGTH = 64;

/**
 * Words of a text that are indexed. A description of 10,000 characters has more only if it is made
 * of characters that stand for many.
 */
const MAX_WORDS = 10_000;

/** How often the index has a word of a text: PostgreSQL keeps at most 256 positions of a word. */
const MAX_OCCURRENCES = 250;

const asciiWords = /[a-z0-9]+/g;
const words = /[\p{L}\p{N}]+/gu;
const marks = /\p{M}+/gu;

/**
 * Returns the words of a text in their order: runs of letters and digits, without marks and without
 * differences of case. Every word of the search index and of a query comes from here.
 */
export function wordsOf(text: string): string[] {
  if (isAscii(text)) {
    return piecesOf(text.toLowerCase().match(asciiWords) ?? []);
  }
  return piecesOf(foldCase(text.normalize('NFKD').replace(marks, '')).match(words) ?? []);
}

/** Returns the words of a text that the search index has. */
export function indexedWords(text: string): string[] {
  const found = wordsOf(text);
  if (found.length <= MAX_OCCURRENCES) {
    return found;
  }
  const occurrences = new Map<string, number>();
  return found.slice(0, MAX_WORDS).filter((word) => {
    const count = (occurrences.get(word) ?? 0) + 1;
    occurrences.set(word, count);
    return count <= MAX_OCCURRENCES;
  });
}

/** In UTF-8, only ASCII has one byte for each UTF-16 unit. */
function isAscii(text: string): boolean {
  return Buffer.byteLength(text) === text.length;
}

/**
 * Removes differences of case. `ß` and `ẞ` are `ss`, as in upper case; a sigma at the end of a word
 * is like any other.
 */
function foldCase(text: string): string {
  return text.toLowerCase().toUpperCase().toLowerCase().replaceAll('ς', 'σ');
}

/** Cuts long words, so that PostgreSQL can store them and a query is cut in the same places. */
function piecesOf(found: string[]): string[] {
  if (found.every((word) => word.length <= MAX_WORD_LENGTH)) {
    return found;
  }
  return found.flatMap((word) => {
    if (word.length <= MAX_WORD_LENGTH) {
      return word;
    }
    const characters = [...word];
    const pieces: string[] = [];
    for (let start = 0; start < characters.length; start += MAX_WORD_LENGTH) {
      pieces.push(characters.slice(start, start + MAX_WORD_LENGTH).join(''));
    }
    return pieces;
  });
}
