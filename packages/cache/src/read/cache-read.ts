/** A value that was found in the store. */
export interface CacheHit<V> {
  readonly source: 'hit';
  /** The value's text as the codec encodes it. This is the text to serve. */
  readonly text: string;
  /** The stored text, if it differs from `text` because somebody edited it. */
  readonly edited?: string;
  readonly value: V;
}

/** The store knew that the value is absent. */
export interface KnownAbsence {
  readonly source: 'hit';
  readonly value: undefined;
}

/** The result of a read that the store alone could serve. */
export type CachePeek<V> = CacheHit<V> | KnownAbsence;

/** A value that was loaded. `'bypass'` means that the store could not be used. */
export interface CacheLoad<V> {
  readonly source: 'miss' | 'bypass';
  readonly text: string;
  readonly value: V;
}

/** The load found no value. */
export interface CacheAbsence {
  readonly source: 'miss' | 'bypass';
  readonly value: undefined;
}

/** The result of a read through the cache. */
export type CacheRead<V> = CachePeek<V> | CacheLoad<V> | CacheAbsence;

/** The result of a load that found a value. */
export interface Loaded<V> {
  readonly value: V;
  /** A safe integer that rises with every write to the key. */
  readonly version: number;
}

/**
 * Reads the current value of a key from its source, or `undefined` if there is none. It must see
 * every write that was committed before it began, so it must not read from a lagging replica.
 */
export type Load<V> = (key: string) => Promise<Loaded<V> | undefined>;
