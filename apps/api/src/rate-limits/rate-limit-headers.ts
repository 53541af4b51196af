import type { Policy } from './policy.js';

/**
 * Returns the headers that state a policy and what is left of it
 * (draft-ietf-httpapi-ratelimit-headers-10).
 *
 * @param left the units that are left; may have a fraction, and may be negative
 * @param seconds until there are more
 */
export function rateLimitHeaders(
  policy: Policy,
  left: number,
  seconds: number,
): Readonly<Record<'RateLimit' | 'RateLimit-Policy', string>> {
  const rest = Math.max(0, Math.floor(left));
  return {
    RateLimit: `"${policy.name}";r=${rest};t=${seconds}`,
    'RateLimit-Policy': policy.header,
  };
}
