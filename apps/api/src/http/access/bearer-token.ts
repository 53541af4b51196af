const SCHEME = 'bearer ';

/**
 * Returns the token in an `Authorization` header, whatever the case of its scheme (RFC 9110 §11.1);
 * undefined if it has another scheme. No regular expression: that would take longer than the rest
 * of the check of a key.
 */
export function bearerToken(authorization: string): string | undefined {
  if (authorization.slice(0, SCHEME.length).toLowerCase() !== SCHEME) {
    return undefined;
  }
  const token = authorization.slice(SCHEME.length).trim();
  return token === '' ? undefined : token;
}
