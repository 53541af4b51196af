import { UsageError } from '../errors.js';

const unitSeconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

const DURATION = /^(\d{1,7})([smhd])$/;

/** A date, or a time with its offset from UTC (RFC 3339). */
const DATE = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d))?$/i;

/**
 * Creates a parser for a length of time such as `90d`, `12h`, `30m` or `45s`. It returns seconds.
 *
 * @param name the subject of the error message, such as `'Overlap'`
 */
export function durationSeconds(name: string): (text: string) => number {
  return (text) => {
    const seconds = parseDuration(text);
    if (seconds === undefined) {
      throw new UsageError(`${name} must be a number of d, h, m or s, such as 1h: ${text}`);
    }
    return seconds;
  };
}

/**
 * Parses when something expires: a length of time from now, or a date or time. A date is its
 * beginning in UTC.
 *
 * @param now default: the current time
 * @returns a time in UTC (RFC 3339)
 * @throws {UsageError} when it is neither
 */
export function expiry(text: string, _previous?: unknown, now = new Date()): string {
  const seconds = parseDuration(text);
  const time = seconds === undefined ? dateOf(text) : new Date(now.getTime() + seconds * 1000);
  if (time === undefined || Number.isNaN(time.getTime())) {
    throw new UsageError(
      `Expiry must be a length of time such as 90d, or a date such as 2027-01-31: ${text}`,
    );
  }
  return time.toISOString();
}

function parseDuration(text: string): number | undefined {
  const [, count, unit = ''] = DURATION.exec(text) ?? [];
  return count === undefined ? undefined : Number(count) * (unitSeconds[unit] ?? 0);
}

function dateOf(text: string): Date | undefined {
  return DATE.test(text) ? new Date(text) : undefined;
}
