/** A colon and the last `@` after it on its line, both perhaps percent-encoded. */
const BETWEEN_USER_AND_HOST = /(?<!^error)(?::|%3A).*(?:@|%40)/gim;

/**
 * Hides whatever may be a password in an address, such as `http://user:password@host`. Messages
 * repeat arguments, and any argument may be an address that is in the wrong place or mistyped.
 */
export function hidePasswords(message: string): string {
  return message.replace(BETWEEN_USER_AND_HOST, ':…@');
}
