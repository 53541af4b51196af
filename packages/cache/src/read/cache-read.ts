/** A value that the store held. */
export interface CacheHit<V> {
  readonly source: 'hit';
  /** The value's text as the codec encodes it: what is served. */
  readonly text: string;
  /** The text as stored, where that is another: somebody has edited it. */
  readonly edited?: string;
  readonly value: V;
}

/** The store knew that there is no such thing. */
export interface KnownAbsence {
  readonly source: 'hit';
  readonly value: undefined;
}

/** What the store knew by itself. */
export type CachePeek<V> = CacheHit<V> | KnownAbsence;

/** A value that was loaded; `'bypass'` means that the store could not be used. */
export interface CacheLoad<V> {
  readonly source: 'miss' | 'bypass';
  readonly text: string;
  readonly value: V;
}

/** The load answered that there is no such thing. */
export interface CacheAbsence {
  readonly source: 'miss' | 'bypass';
  readonly value: undefined;
}

/** The answer to a read through the cache. */
export type CacheRead<V> = CachePeek<V> | CacheLoad<V> | CacheAbsence;

/** What a load found. */
export interface Loaded<V> {
  readonly value: V;
  /** A safe integer that rises with every write to the key. */
  readonly version: number;
}

/**
 * Reads a key's present value from where it is kept for good; `undefined` if there is none. It has
 * to see every write that was committed before it began: a replica that lags behind will not do.
 */
export type Load<V> = (key: string) => Promise<Loaded<V> | undefined>;
