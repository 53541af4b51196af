/**
 * Encodes any text as exactly one segment of a path (RFC 3986 §3.3).
 *
 * No segment can be empty, `.` or `..` (URLs resolve these even when they are percent-encoded).
 * Such a text gets a `%` before it, and a lone surrogate becomes U+FFFD. Neither is a product id
 * before or after, so the response is 404, as it should be.
 */
export function pathSegment(id: string): string {
  const segment = encodeURIComponent(id.toWellFormed());
  return /^\.{0,2}$/.test(segment) ? `%25${segment}` : segment;
}
