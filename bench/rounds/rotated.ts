/** Returns all items, beginning with another one in each round, so that none is always first. */
export function rotated<T>(all: readonly T[], round: number): readonly T[] {
  const first = round % all.length;
  return [...all.slice(first), ...all.slice(0, first)];
}
