import { LRUCache } from 'lru-cache';
import type { CachePeek } from './cache-read.js';

const MAX_BYTES = 16 * 1024 * 1024;
/** An entry holds a text and its parsed value, whose strings take up to two bytes per character. */
const BYTES_PER_CHARACTER = 4;
const BYTES_PER_ENTRY = 500;

/** Parses and checks a text. Returns `undefined` if it is invalid. */
type TextCheck<V> = (key: string, text: string) => CachePeek<V> | undefined;

/** A memoized check. */
export interface TextMemo<V> {
  readonly check: TextCheck<V>;
  /** Returns the length of the memoized text of a key; `undefined` if there is none. */
  knownLength(key: string): number | undefined;
}

/**
 * Memoizes a check of stored texts, so that a text which is read many times is parsed only once. A
 * memoized hit is used only if the store still returns exactly the same text: this is not a cache
 * in front of the store.
 */
export function memoizeTextCheck<V>(check: TextCheck<V>): TextMemo<V> {
  const hits = new LRUCache<string, { readonly text: string; readonly hit: CachePeek<V> }>({
    maxSize: MAX_BYTES,
    sizeCalculation: ({ text, hit }, key) =>
      BYTES_PER_CHARACTER * (text.length + key.length + editedLength(hit)) + BYTES_PER_ENTRY,
  });
  return {
    check(key, text) {
      const known = hits.get(key);
      if (known?.text === text) {
        return known.hit;
      }
      const hit = check(key, text);
      if (hit !== undefined) {
        hits.set(key, { text, hit });
      }
      return hit;
    },
    knownLength: (key) => hits.peek(key)?.text.length,
  };
}

/** Returns the length of the text that is served instead of an edited one, else 0. */
function editedLength<V>(hit: CachePeek<V>): number {
  return 'edited' in hit && hit.edited !== undefined ? hit.text.length : 0;
}
