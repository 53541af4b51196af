/** What stands in place of a URL that cannot be shown. */
const HIDDEN_URL = '(not shown: it may hold a password)';

/**
 * Returns a URL of a file or of Redis as it may be shown: without user, password, query and fragment.
 *
 * In a mistyped URL a password may be anywhere, so any text that is not certainly free of one is hidden
 * as a whole.
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

/** A path is shown as it was written; one with an `@` or another `//` may be a URL of something else. */
function filePath(text: string): string {
  return /^file:(?:\/\/(?:localhost)?(?=\/))?(?!\/\/)(?:(?!\/\/)[^@?#])+$/i.test(text)
    ? text
    : HIDDEN_URL;
}

/** A password with `/`, `?` or `#` ends the host early: its rest, and the `@`, are in what follows. */
function redisServer({ protocol, host, pathname, search, hash }: URL): string {
  const rest = `${search}${hash}`;
  return /^(?:\/\d*)?$/.test(pathname) && !rest.includes('@')
    ? `${protocol}//${host}${pathname}`
    : HIDDEN_URL;
}
