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

/** What is different from the default names. */
export interface KeyspaceOptions {
  /** Stands before every key, those of fences and of the relay included. Default none. */
  readonly prefix?: string | undefined;
  /**
   * The glob pattern of the keys that there are, behind prefix and namespace. Where all of them have
   * one length, no namespace can have keys that match the pattern of another. Default `*`.
   */
  readonly keyPattern?: string | undefined;
  /** The whole name of the watermark's key. Default: prefix, `cache:applied:` and namespace. */
  readonly watermark?: string | undefined;
  /** The whole name of the claim's key. Default: prefix, `cache:owner:` and namespace. */
  readonly claim?: string | undefined;
}

/**
 * Names keys under a namespace.
 *
 * @throws TypeError when the namespace is empty: clearing it would then clear the database.
 */
export function createKeyspace(namespace: string, options: KeyspaceOptions = {}): Keyspace {
  if (namespace === '') {
    throw new TypeError('A cache in Redis needs a namespace');
  }
  const { prefix = '', keyPattern = '*' } = options;
  const { watermark = `${prefix}cache:applied:${namespace}` } = options;
  const { claim = `${prefix}cache:owner:${namespace}` } = options;
  const value = (key: string) => `${prefix}${namespace}${key}`;
  const fence = (key: string) => `${prefix}fence:{${value(key)}}`;
  const beforeValue = literally(value(''));
  return {
    value,
    fence,
    watermark,
    claim,
    allValues: `${beforeValue}${keyPattern}`,
    allFences: `${literally(prefix)}fence:{${beforeValue}${keyPattern}}`,
  };
}

/** A glob pattern that matches a text alone. */
function literally(text: string): string {
  return text.replace(/[\\*?[\]]/g, '\\$&');
}
