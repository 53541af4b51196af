/** Returns a quantile of the values, interpolated; `part` is from 0 to 1. NaN without values. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const position = (sorted.length - 1) * part;
  const below = sorted[Math.floor(position)] ?? Number.NaN;
  const above = sorted[Math.ceil(position)] ?? Number.NaN;
  return below + (above - below) * (position - Math.floor(position));
}

/** Returns the median of the values. NaN without values. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}
