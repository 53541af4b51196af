/**
 * Returns the nearest-rank percentile: the smallest value that at least `share` (from 0 to 1) of
 * the values do not exceed. 0 if there are no values.
 */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}
