/** The longest possible lead, in load times: `1 − random()` is at least 2⁻⁵³. */
export const MAX_LEAD_IN_LOADS = 53 * Math.LN2;

/**
 * Draws a random lead: how long before its expiry a hit refreshes an entry, in milliseconds. Leads
 * are exponentially distributed around the load time. Of the many hits of a hot key one is early
 * enough to refresh in time, and the few hits of a cold key rarely load for nothing.
 *
 * This is XFetch, from Vattani, Chierichetti, Lowenstein, "Optimal Probabilistic Cache Stampede
 * Prevention" (VLDB 2015).
 *
 * @param loadMs the duration of a load, in milliseconds: δ in the paper.
 * @param beta larger values refresh earlier: β in the paper, which recommends 1.
 * @param random returns a number from 0 (inclusive) to 1 (exclusive).
 */
export function refreshLeadMs(loadMs: number, beta: number, random: () => number): number {
  return -loadMs * beta * Math.log(1 - random());
}
