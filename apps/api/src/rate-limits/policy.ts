import type { LimitedClass, RateLimit } from '../config/rate-limits.js';

/**
 * The share of a caller's burst that each process may use before Redis knows of it. With more,
 * several processes could exceed the limit further; with less, Redis would be asked more often.
 */
const UNREPORTED_SHARE = 1 / 50;

/** The share of a burst below which responses say how much is left. */
const NEAR_LIMIT_SHARE = 1 / 10;

/** A rate limit with what follows from it. */
export interface Policy {
  /** The name of the policy in headers and problem documents: the class that it limits. */
  readonly name: LimitedClass;
  /** The units of a full bucket: the burst. */
  readonly capacity: number;
  /** The milliseconds in which one unit is refilled. */
  readonly refillMs: number;
  /** Maximum units of a caller that a process uses before Redis knows of them; 0: none. */
  readonly maxUnreported: number;
  /** Responses say how much is left while there are fewer units. */
  readonly nearLimit: number;
  /** The header `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers-10 §3). */
  readonly header: string;
}

/** Returns the policy of a limit. */
export function policyOf(name: LimitedClass, { quota, windowSeconds, burst }: RateLimit): Policy {
  return {
    name,
    capacity: burst,
    refillMs: (windowSeconds * 1000) / quota,
    maxUnreported: Math.floor(burst * UNREPORTED_SHARE),
    nearLimit: burst * NEAR_LIMIT_SHARE,
    header: `"${name}";q=${quota};w=${windowSeconds}`,
  };
}
