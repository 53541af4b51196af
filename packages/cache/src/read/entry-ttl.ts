/** How long an entry lives. */
export interface EntryTtlOptions {
  /** The longest life of an entry, in seconds. */
  readonly ttlSeconds: number;
  /** The part of it, from 0 to 1, that chance may take away. */
  readonly ttlJitter: number;
  /** A number from 0 up to, not including, 1. */
  readonly random: () => number;
}

/**
 * Makes a function that answers each new entry's life in whole milliseconds, between
 * `(1 − ttlJitter) · ttlSeconds` and `ttlSeconds`: entries made together do not expire together.
 *
 * @throws RangeError when the life is not positive or the jitter not from 0 to 1.
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
