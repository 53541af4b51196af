/** Replaces a URL that must not be shown. */
const HIDDEN_URL = '(not shown: it may hold a password)';

/**
 * Returns a file or Redis URL for display: without user, password, query and fragment.
 *
 * A mistyped URL can have a password anywhere, so a text that might hold one is hidden as a whole.
 */
export function withoutCredentials(text: string): string {
  if (!URL.canParse(text)) {
    return HIDDEN_URL;
  }
  const url = new URL(text);
  switch (url.protocol) {
    case 'file:':
      return filePath(text);
    case 'redis:':
    case 'rediss:':
      return redisServer(url);
    default:
      return HIDDEN_URL;
  }
}

/**
 * Returns a file URL as it is. With an `@` or another `//` it may be another kind of URL, and is
 * hidden.
 */
function filePath(text: string): string {
  return /^file:(?:\/\/(?:localhost)?(?=\/))?(?!\/\/)(?:(?!\/\/)[^@?#])+$/i.test(text)
    ? text
    : HIDDEN_URL;
}

/**
 * Hides a URL with an odd rest: a password with `/`, `?` or `#` leaves its end, and the `@`, there.
 */
function redisServer({ protocol, host, pathname, search, hash }: URL): string {
  const rest = `${search}${hash}`;
  return /^(?:\/\d*)?$/.test(pathname) && !rest.includes('@')
    ? `${protocol}//${host}${pathname}`
    : HIDDEN_URL;
}
