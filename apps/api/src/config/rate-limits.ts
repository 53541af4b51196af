import { type RateClass, rateClasses } from '@product-api/contract';
import { z } from 'zod';

/** A limit of how many units a caller may use. */
export interface RateLimit {
  /** Units in each window, on average. */
  readonly quota: number;
  readonly windowSeconds: number;
  /** Units that may be used at once, after a time without requests. */
  readonly burst: number;
}

/** What has a limit: a class of requests, or those that were refused for lack of a valid key. */
export type LimitedClass = RateClass | 'unauthorized';

/** The limit of each class; undefined for a class without one. */
export type RateLimits = Readonly<Record<LimitedClass, RateLimit | undefined>>;

const UNAUTHORIZED_BY_DEFAULT: RateLimit = { quota: 60, windowSeconds: 60, burst: 60 };

const limitedClasses: readonly LimitedClass[] = [...rateClasses, 'unauthorized'];

const MAX_UNITS = 1_000_000_000;
const MAX_WINDOW_SECONDS = 86_400;

const LIMIT = /^(\d{1,10})\s*\/\s*(\d{1,5})\s*([smh])(?:\s+burst\s+(\d{1,10}))?$/;

const unitSeconds = new Map([
  ['s', 1],
  ['m', 60],
  ['h', 3600],
]);

/**
 * Parses `off`, or a comma-separated list of limits such as `read=1000/60s burst 200, bulk=off`.
 * The burst is the quota by default. Every class of the contract must be stated, because one that
 * was forgotten would be unlimited; the class `unauthorized` is limited by default.
 */
export const rateLimits = z.string().transform((text, context): RateLimits | 'off' => {
  if (text === 'off') {
    return 'off';
  }
  const fault = (message: string) => context.addIssue({ code: 'custom', message });
  const limits = new Map<LimitedClass, RateLimit | undefined>();
  for (const entry of text.split(',').map((each) => each.trim())) {
    const equals = entry.indexOf('=');
    const name = limitedClasses.find((each) => each === entry.slice(0, Math.max(equals, 0)).trim());
    const limit = parseLimit(entry.slice(equals + 1).trim());
    if (name === undefined) {
      fault(`${entry} should begin with ${limitedClasses.map((each) => `${each}=`).join(', ')}`);
    } else if (limits.has(name)) {
      fault(`${name} should be given once`);
    } else if (typeof limit === 'string') {
      fault(`${name} ${limit}`);
    }
    // A faulty limit counts as given, so that it has one fault only.
    if (name !== undefined) {
      limits.set(name, typeof limit === 'object' ? limit : undefined);
    }
  }
  for (const name of rateClasses.filter((each) => !limits.has(each))) {
    fault(`should also limit ${name}, such as ${name}=100/60s; ${name}=off leaves it unlimited`);
  }
  return {
    read: limits.get('read'),
    write: limits.get('write'),
    bulk: limits.get('bulk'),
    unauthorized: limits.has('unauthorized') ? limits.get('unauthorized') : UNAUTHORIZED_BY_DEFAULT,
  };
});

/** Returns a limit, undefined for `off`, or the fault of the text. */
function parseLimit(text: string): RateLimit | undefined | string {
  if (text === 'off') {
    return undefined;
  }
  const [, quotaText, windowText, unit = '', burstText = quotaText] = LIMIT.exec(text) ?? [];
  if (quotaText === undefined) {
    return 'should be like 1000/60s, 1000/1m or 1000/1h, then burst 200 if wanted; or off';
  }
  const [quota, burst] = [Number(quotaText), Number(burstText)];
  const windowSeconds = Number(windowText) * (unitSeconds.get(unit) ?? 1);
  if (quota < 1 || quota > MAX_UNITS) {
    return `should have a quota from 1 to ${MAX_UNITS}`;
  }
  if (windowSeconds < 1 || windowSeconds > MAX_WINDOW_SECONDS) {
    return `should have a window from 1s to ${MAX_WINDOW_SECONDS}s`;
  }
  if (burst < 1 || burst > MAX_UNITS) {
    return `should have a burst from 1 to ${MAX_UNITS}`;
  }
  return { quota, windowSeconds, burst };
}
