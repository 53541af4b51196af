/** The classes of requests. Each has a rate limit of its own. */
export const rateClasses = ['read', 'write', 'bulk'] as const;

/** A class of requests. */
export type RateClass = (typeof rateClasses)[number];

/** How many units the requests of a route take from the limit of their class. */
export interface RateCost {
  readonly class: RateClass;
  /** Units of a request, or the least of one that also pays for the entries of a list. */
  readonly units: number;
  /** The list in the body of which each entry takes a unit. Default: none. */
  readonly entries?: string;
}

/** What a route takes from rate limits; `none` for a route that is never limited. */
export type Rate = RateCost | 'none';

/** Reads one resource. */
export const readRate = { class: 'read', units: 1 } as const satisfies RateCost;

/** Reads a page of a list, which takes the database several times as long as one resource. */
export const listRate = { class: 'read', units: 5 } as const satisfies RateCost;

/** Writes one resource. */
export const writeRate = { class: 'write', units: 1 } as const satisfies RateCost;

/** Moves products in or out in one stream, which takes the database as long as many requests. */
export const streamRate = { class: 'bulk', units: 10 } as const satisfies RateCost;
