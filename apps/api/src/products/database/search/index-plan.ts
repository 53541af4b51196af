import type { SearchQuery } from '../../search/search-query.js';

/** The newest entries that show how common words are. */
export const SAMPLED_ENTRIES = 1000;

/**
 * The products that the index compares at most for a search, added up over its words. That takes
 * some 30 ms on either database, or 60 on PostgreSQL if a common word may be a beginning.
 */
const MAX_COMPARED = 1_100_000;

/**
 * The products of a common word that are compared in the time in which the index skips to the next
 * product of a rare one.
 */
const COMPARED_PER_SKIP = 100;

/** A word of a search. */
export interface SearchedWord {
  readonly word: string;
  /** Whether it may also be the beginning of a word. */
  readonly isPrefix: boolean;
}

/** Which words of a search the newest entries have. */
export interface WordSample {
  /** The number of all entries, at most. */
  readonly entries: number;
  /** The sampled entries by the words that they have: the first of `sampledWords` is bit 0. */
  readonly sets: readonly WordSet[];
}

interface WordSet {
  readonly words: number;
  readonly count: number;
}

/** A word with its bit in the sets of a sample. */
interface SampledWord extends SearchedWord {
  readonly bit: number;
}

/** How the index is used for a search. */
export interface IndexPlan {
  /** The words that the index finds, the rarest first. */
  readonly words: readonly SearchedWord[];
  /** Whether the index can find these words, without the excluded ones, in a bounded time. */
  readonly isBounded: boolean;
  /** Whether it can also find all words of the search. */
  readonly isBoundedForAll: boolean;
  /** How many products have all words of the search, if all are like the sampled ones. */
  readonly expected: number;
}

/** Returns the words of a search, the required ones first. */
export function sampledWords(search: SearchQuery): SearchedWord[] {
  return [...requiredWords(search), ...excludedWords(search)];
}

/**
 * Plans how the index is used, which compares all products that have common words. It gets only as
 * many of the words as it needs to find as few products as with all of them.
 */
export function planIndex(search: SearchQuery, sample: WordSample): IndexPlan {
  const withBits = sampledWords(search).map((word, index) => ({ ...word, bit: 1 << index }));
  const count = requiredWords(search).length;
  const [required, excluded] = [withBits.slice(0, count), withBits.slice(count)];
  const withAll = required.reduce((sets, word) => withWord(sets, word), sample.sets);
  const words = selectiveWords(required, sample.sets, total(withAll));
  const inCatalog = (sampled: number) =>
    sampled === 0 ? 0 : (sampled / total(sample.sets)) * sample.entries;
  const countOf = (word: SampledWord) => total(withWord(sample.sets, word));
  const most = COMPARED_PER_SKIP * Math.min(...required.map(countOf));
  const addedUp = (each: readonly SampledWord[]) =>
    inCatalog(each.reduce((sum, word) => sum + Math.min(countOf(word), most), 0));
  return {
    words,
    isBounded: addedUp([...words, ...excluded]) <= MAX_COMPARED,
    isBoundedForAll: addedUp(withBits) <= MAX_COMPARED,
    expected: inCatalog(total(withAll)),
  };
}

/** Returns different words, complete ones first: the index reads beginnings more slowly. */
function requiredWords({ required }: SearchQuery): SearchedWord[] {
  const words = new Map<string, SearchedWord>();
  for (const term of required) {
    for (const [index, word] of term.words.entries()) {
      const isPrefix = term.isPrefix && index === term.words.length - 1;
      words.set(`${isPrefix} ${word}`, { word, isPrefix });
    }
  }
  return [...words.values()].toSorted((one, other) => +one.isPrefix - +other.isPrefix);
}

function excludedWords({ excluded }: SearchQuery): SearchedWord[] {
  return excluded.flatMap(({ words }) => words.map((word) => ({ word, isPrefix: false })));
}

/** Returns words, the rarest first, that at most `target` of the entries have together. */
function selectiveWords(
  words: readonly SampledWord[],
  sets: readonly WordSet[],
  target: number,
): SampledWord[] {
  const countOf = (word: SampledWord) => total(withWord(sets, word));
  const [rarest, ...others] = words.toSorted((one, other) => countOf(one) - countOf(other));
  if (rarest === undefined) {
    return [];
  }
  const rest = withWord(sets, rarest);
  return total(rest) <= target ? [rarest] : [rarest, ...selectiveWords(others, rest, target)];
}

function withWord(sets: readonly WordSet[], { bit }: SampledWord): readonly WordSet[] {
  return sets.filter(({ words }) => (words & bit) !== 0);
}

function total(sets: readonly WordSet[]): number {
  return sets.reduce((sum, { count }) => sum + count, 0);
}
