const KEY_BYTES = 16;

/**
 * Returns a new random key of 128 bits, in hexadecimal. Not `crypto.randomUUID`, which browsers
 * offer only to pages from https and localhost.
 */
export function newIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Returns the header of a write with a key, as a quoted string (RFC 8941 §3.3.3).
 *
 * @throws {TypeError} when the key does not have 1 to 255 visible ASCII characters
 */
export function idempotencyHeader(key: string): { readonly 'idempotency-key': string } {
  if (!/^[!-~]{1,255}$/.test(key)) {
    throw new TypeError(
      `An idempotency key must have 1 to 255 visible ASCII characters, and no spaces: ${key}`,
    );
  }
  return { 'idempotency-key': `"${key.replace(/["\\]/g, '\\$&')}"` };
}

/** Returns whether a response is that of an earlier request with the same key. */
export function isReplayed(headers: Headers): boolean {
  return headers.get('idempotent-replayed') === 'true';
}
