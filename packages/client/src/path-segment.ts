/**
 * Encodes a product id as exactly one segment of a path (RFC 3986 §3.3), whatever text it is.
 *
 * The texts that no segment can carry (the empty one, and `.` and `..`, which URLs resolve even when
 * they are percent-encoded) get a `%` before them, and a lone surrogate becomes U+FFFD: they are no
 * ids before nor after, so the service's answer, 404, is the right one.
 */
export function pathSegment(id: string): string {
  const segment = encodeURIComponent(id.toWellFormed());
  return /^\.{0,2}$/.test(segment) ? `%25${segment}` : segment;
}
