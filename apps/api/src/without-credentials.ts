/** A URL as it may be logged: without user, password and query, which may hold a token. */
export function withoutCredentials(url: string): string {
  return url.replace(/\/\/[^/@]*@/, '//').replace(/\?.*$/, '');
}
