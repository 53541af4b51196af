import { BoundedMap } from '../bounded-map.js';

/** How much near texts may take, and how old they may be. */
export interface NearTextsOptions {
  /** Bytes that keys and texts may take (as UTF-8); what was not used for long goes first. */
  readonly maxBytes: number;
  /** Milliseconds for which a text may be served, from when its read from the store began. */
  readonly maxAgeMs: number;
  /** The clock, in milliseconds above 0. */
  readonly now: () => number;
}

/** Ends a read with the text that the store gave, or with none. */
type EndRead = (text: string | undefined) => void;

interface NearText {
  readonly text: string;
  /** When its read began. */
  readonly readAt: number;
}

/** Texts that were read from the store a moment ago. */
export class NearTexts {
  readonly #texts: BoundedMap<NearText>;
  /** For each key, the last read under way that no drop has overtaken. */
  readonly #reads = new Map<string, EndRead>();
  readonly #maxAgeMs: number;
  readonly #now: () => number;

  constructor({ maxBytes, maxAgeMs, now }: NearTextsOptions) {
    this.#maxAgeMs = maxAgeMs;
    this.#now = now;
    this.#texts = new BoundedMap({
      maxWeight: maxBytes,
      weigh: (key, { text }) => Buffer.byteLength(text) + Buffer.byteLength(key),
    });
  }

  /** The texts under some keys, in their order. */
  getMany(keys: readonly string[]): (string | undefined)[] {
    const oldest = this.#now() - this.#maxAgeMs;
    return keys.map((key) => {
      const near = this.#texts.get(key);
      return near !== undefined && near.readAt >= oldest ? near.text : undefined;
    });
  }

  get(key: string): string | undefined {
    return this.getMany([key])[0];
  }

  /**
   * To be called before the store is asked. The function that it answers keeps the text, unless the
   * key was dropped since: the text may then be from before what it was dropped for.
   */
  beginRead(key: string): EndRead {
    const readAt = this.#now();
    const end: EndRead = (text) => {
      if (this.#reads.get(key) !== end) {
        return;
      }
      this.#reads.delete(key);
      if (text !== undefined) {
        this.#texts.set(key, { text, readAt });
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
