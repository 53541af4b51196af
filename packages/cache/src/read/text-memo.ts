import { LRUCache } from 'lru-cache';
import type { CachePeek } from './cache-read.js';

const maxBytes = 16 * 1024 * 1024;
/** A text and its value, of strings that take two bytes for a character at most. */
const bytesPerUnit = 4;
const bytesPerEntry = 500;

/** Checks a text; answers `undefined` if it is invalid. */
type Check<V> = (key: string, text: string) => CachePeek<V> | undefined;

/** The length of the text that is served, where that is another than the stored one. */
function lengthOfServed<V>(hit: CachePeek<V>): number {
  return 'edited' in hit && hit.edited !== undefined ? hit.text.length : 0;
}

/**
 * Remembers the valid texts that were checked last, so that a text which is read again and again is
 * parsed once. A hit is remembered for exactly the text that the store has now: this is not a cache
 * in front of the store.
 */
export function rememberHits<V>(check: Check<V>): Check<V> {
  const hits = new LRUCache<string, { readonly text: string; readonly hit: CachePeek<V> }>({
    maxSize: maxBytes,
    sizeCalculation: ({ text, hit }, key) =>
      bytesPerUnit * (text.length + key.length + lengthOfServed(hit)) + bytesPerEntry,
  });
  return (key, text) => {
    const known = hits.get(key);
    if (known?.text === text) {
      return known.hit;
    }
    const hit = check(key, text);
    if (hit !== undefined) {
      hits.set(key, { text, hit });
    }
    return hit;
  };
}
