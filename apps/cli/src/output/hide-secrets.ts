/** A colon and the last `@` after it on its line, both perhaps percent-encoded. */
const BETWEEN_USER_AND_HOST = /(?<!^error)(?::|%3A).*(?:@|%40)/gim;

/** An API key: its id, which is not secret, and its secret. */
const API_KEY = /\b(pk_[a-z\d]+)_[\w-]+/gi;

/**
 * Hides API keys, and whatever may be a password in an address, such as
 * `http://user:password@host`. Messages repeat arguments, and any argument may be a secret that is
 * in the wrong place or mistyped.
 */
export function hideSecrets(message: string): string {
  return message.replace(BETWEEN_USER_AND_HOST, ':…@').replace(API_KEY, '$1_…');
}
