/** The scheme in any case, and a token of visible ASCII characters (RFC 6750 §2.1, RFC 9110 §11.1). */
const BEARER = /^bearer +([\x21-\x7e]+) *$/i;

/** Returns the token in an `Authorization` header; undefined if that has another scheme. */
export function bearerToken(authorization: string): string | undefined {
  return BEARER.exec(authorization)?.[1];
}
