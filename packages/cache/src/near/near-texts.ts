import { LRUCache } from 'lru-cache';

/** How much near texts may take, and how old they may be. */
export interface NearTextsOptions {
  /** Bytes that keys and texts may take (as UTF-8); the least recently used go first. */
  readonly maxBytes: number;
  /** Milliseconds for which a text may be served, from when its read from the store began. */
  readonly maxAgeMs: number;
  /** The clock, in milliseconds above 0. */
  readonly now: () => number;
}

/** Ends a read with the text that the store gave, or with none. */
type EndRead = (text: string | undefined) => void;

/** Texts that were read from the store a moment ago. */
export class NearTexts {
  readonly #texts: LRUCache<string, string>;
  /** For each key, the last read under way that no drop has overtaken. */
  readonly #reads = new Map<string, EndRead>();
  readonly #now: () => number;

  constructor({ maxBytes, maxAgeMs, now }: NearTextsOptions) {
    this.#now = now;
    this.#texts = new LRUCache({
      maxSize: maxBytes,
      sizeCalculation: (text, key) => Buffer.byteLength(text) + Buffer.byteLength(key),
      ttl: maxAgeMs,
      ttlResolution: 0,
      perf: { now },
    });
  }

  get(key: string): string | undefined {
    return this.#texts.get(key);
  }

  /**
   * To be called before the store is asked. The function that it answers keeps the text, unless the
   * key was dropped since: the text may then be from before what it was dropped for.
   */
  beginRead(key: string): EndRead {
    const start = this.#now();
    const end: EndRead = (text) => {
      if (this.#reads.get(key) !== end) {
        return;
      }
      this.#reads.delete(key);
      if (text !== undefined) {
        this.#texts.set(key, text, { start });
      }
    };
    this.#reads.set(key, end);
    return end;
  }

  drop(key: string): void {
    this.#reads.delete(key);
    this.#texts.delete(key);
  }

  clear(): void {
    this.#reads.clear();
    this.#texts.clear();
  }
}
