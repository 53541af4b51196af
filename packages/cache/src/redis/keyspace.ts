/** The names of the cache's keys in Redis. */
export interface Keyspace {
  /** Returns the key of a value, which is stored as plain text. */
  value(key: string): string;
  /**
   * Returns the key of a value's fence. Its hash tag is the whole key of the value, so that both
   * are in one slot of a Redis Cluster, provided that the key of the value has no braces.
   */
  fence(key: string): string;
  /** The key of the watermark: how far the change log was applied to the values and fences. */
  readonly watermark: string;
  /** The key of the claim: the database that the values and fences belong to. */
  readonly claim: string;
  /** The glob pattern of all values. */
  readonly allValues: string;
  /** The glob pattern of all fences. */
  readonly allFences: string;
}

/** Options for the names of keys. */
export interface KeyspaceOptions {
  /** The prefix of every key, including those of fences and of the relay. Default none. */
  readonly prefix?: string | undefined;
  /**
   * The glob pattern of the cache's keys, after prefix and namespace. If all keys have the same
   * length, a namespace cannot have keys that match the pattern of another one. Default `*`.
   */
  readonly keyPattern?: string | undefined;
  /** The full key of the watermark. Default: prefix, `cache:applied:` and namespace. */
  readonly watermark?: string | undefined;
  /** The full key of the claim. Default: prefix, `cache:owner:` and namespace. */
  readonly claim?: string | undefined;
}

/**
 * Creates the names of the keys of a namespace.
 *
 * @throws {TypeError} when the namespace is empty: a clearing would delete the whole database.
 */
export function createKeyspace(namespace: string, options: KeyspaceOptions = {}): Keyspace {
  if (namespace === '') {
    throw new TypeError('A cache in Redis needs a namespace that is not empty');
  }
  const { prefix = '', keyPattern = '*' } = options;
  const { watermark = `${prefix}cache:applied:${namespace}` } = options;
  const { claim = `${prefix}cache:owner:${namespace}` } = options;
  const value = (key: string) => `${prefix}${namespace}${key}`;
  const fence = (key: string) => `${prefix}fence:{${value(key)}}`;
  const valuePrefix = escapeGlob(value(''));
  return {
    value,
    fence,
    watermark,
    claim,
    allValues: `${valuePrefix}${keyPattern}`,
    allFences: `${escapeGlob(prefix)}fence:{${valuePrefix}${keyPattern}}`,
  };
}

/** Returns a glob pattern that matches only this text. */
function escapeGlob(text: string): string {
  return text.replace(/[\\*?[\]]/g, '\\$&');
}
