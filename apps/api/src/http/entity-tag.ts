import { hash } from 'node:crypto';

/** The strong entity tag of a representation's bytes (RFC 9110 §8.8.3): equal tags mean equal bytes. */
export function entityTag(body: string | Buffer): string {
  return `"${hash('sha1', body, 'base64url')}"`;
}

/**
 * Whether an `If-Match` header holds for the representation that `tag` names (RFC 9110 §13.1.1):
 * `*` holds for any, a list where it names the tag. Weak tags never match.
 */
export function ifMatchHolds(header: string, tag: string): boolean {
  const tags = header.split(',').map((part) => part.trim());
  return tags.includes('*') || tags.includes(tag);
}
