/** No draw of `refreshLeadMs` is longer than this many load times: 1 − random() is at least 2⁻⁵³. */
export const longestDraw = 53 * Math.LN2;

/**
 * How long before its expiry a text is loaded anew by the hit that draws this number: exponentially
 * distributed around the time that a load takes, so that of the many hits of a hot key one comes
 * early enough, and those of a cold one hardly ever load for nothing. The rule is XFetch, from
 * Vattani, Chierichetti, Lowenstein, "Optimal Probabilistic Cache Stampede Prevention" (VLDB 2015).
 *
 * @param loadMs how long a load takes, in milliseconds: δ in the paper.
 * @param beta greater for earlier: β in the paper, which recommends 1.
 * @param random a number from 0 up to, not including, 1.
 */
export function refreshLeadMs(loadMs: number, beta: number, random: () => number): number {
  return -loadMs * beta * Math.log(1 - random());
}
