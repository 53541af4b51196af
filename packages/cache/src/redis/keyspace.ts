/** The names of the keys in Redis. */
export interface Keyspace {
  /** The key that holds the value as plain text. */
  value(key: string): string;
  /**
   * The key that holds the value's fence. Its hash tag is the value's whole key, so that Redis
   * Cluster keeps both in one slot, as long as the value's key has no braces.
   */
  fence(key: string): string;
  /** The key that holds how far the change log was applied to the values and fences. */
  readonly watermark: string;
  /** The key that holds which database the values and fences are of, for as long as it is renewed. */
  readonly claim: string;
  /** The glob pattern of all values. */
  readonly allValues: string;
  /** The glob pattern of all fences. */
  readonly allFences: string;
}

/**
 * Names keys under a prefix, but for those of the relay.
 *
 * @throws TypeError when the prefix is empty: clearing the namespace would then clear the database.
 */
export function createKeyspace(
  namespace: string,
  watermark = `cache:applied:${namespace}`,
  claim = `cache:owner:${namespace}`,
): Keyspace {
  if (namespace === '') {
    throw new TypeError('A cache in Redis needs a namespace');
  }
  const value = (key: string) => `${namespace}${key}`;
  const fence = (key: string) => `fence:{${namespace}${key}}`;
  const literally = namespace.replace(/[\\*?[\]]/g, '\\$&');
  return {
    value,
    fence,
    watermark,
    claim,
    allValues: `${literally}*`,
    allFences: `fence:{${literally}*`,
  };
}
