/**
 * Reads a `Retry-After` header: a number of seconds, or a date (RFC 9110 §10.2.3).
 *
 * @param now the current time in milliseconds since 1970, for a date
 * @returns seconds, never negative; undefined when the header is missing or invalid
 */
export function retryAfterSeconds(headers: Headers, now = Date.now()): number | undefined {
  const value = headers.get('retry-after');
  if (value === null) {
    return undefined;
  }
  if (/^\d+$/.test(value)) {
    return Number(value);
  }
  // `Date.parse` also accepts text that is not an HTTP date: it reads "-5" as a month.
  const date = value.endsWith(' GMT') ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, (date - now) / 1000);
}

/** Seconds that a client waits at most: a proxy may send a `Retry-After` of days. */
export const MAX_WAIT_SECONDS = 60 * 60;

/** Returns the seconds to wait because of a `Retry-After` header: at most an hour. */
export function secondsToWait(headers: Headers): number | undefined {
  const seconds = retryAfterSeconds(headers);
  return seconds && Math.min(seconds, MAX_WAIT_SECONDS);
}
