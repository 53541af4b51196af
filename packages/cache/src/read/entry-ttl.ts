/** Options for the time to live of entries. */
export interface EntryTtlOptions {
  /** The longest time to live of an entry, in seconds. */
  readonly ttlSeconds: number;
  /** The fraction of it, from 0 to 1, that may be cut off at random. */
  readonly ttlJitter: number;
  /** Returns a number from 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number;
}

/**
 * Creates a function that returns the time to live of a new entry, in whole milliseconds. It is
 * between `(1 − ttlJitter) · ttlSeconds` and `ttlSeconds`, so that entries that were stored
 * together do not expire together.
 *
 * @throws {RangeError} when `ttlSeconds` is not positive or `ttlJitter` is not from 0 to 1.
 */
export function createEntryTtl({ ttlSeconds, ttlJitter, random }: EntryTtlOptions): () => number {
  if (!(ttlSeconds > 0)) {
    throw new RangeError(`ttlSeconds must be positive, not ${ttlSeconds}`);
  }
  if (!(ttlJitter >= 0 && ttlJitter <= 1)) {
    throw new RangeError(`ttlJitter must be from 0 to 1, not ${ttlJitter}`);
  }
  return () => Math.max(1, Math.round(ttlSeconds * 1000 * (1 - ttlJitter * random())));
}
