/**
 * Reads a `Retry-After` header: a number of seconds or a date (RFC 9110 §10.2.3).
 *
 * @param now Milliseconds since 1970, to count from when the header is a date.
 * @returns Seconds, never negative; undefined when the header is absent or cannot be read.
 */
export function retryAfterSeconds(headers: Headers, now = Date.now()): number | undefined {
  const value = headers.get('retry-after');
  if (value === null) {
    return undefined;
  }
  if (/^\d+$/.test(value)) {
    return Number(value);
  }
  // `Date.parse` alone would also take what is no HTTP date: "-5" is a month to it.
  const date = value.endsWith(' GMT') ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, (date - now) / 1000);
}
