/**
 * A random sequence that can be repeated: the same seed gives the same values in the same order.
 */
export interface SeededRandom {
  /** Returns a number from 0 up to, but not including, 1. */
  next(): number;
  /** Returns a whole number from 0 up to, but not including, `limit`. */
  below(limit: number): number;
  /** Returns a number from `min` up to, but not including, `max`. */
  between(min: number, max: number): number;
  /** Returns true with this probability. */
  chance(probability: number): boolean;
  /** Returns one element of a list that is not empty. */
  pick<T>(list: readonly [T, ...T[]]): T;
  /** Returns the elements of a list in another order. */
  shuffle<const T>(list: readonly [T, ...T[]]): [T, ...T[]];
}

/**
 * Creates a sequence from a seed of 32 bits with the generator Mulberry32, which is small and
 * random enough for tests: https://gist.github.com/tommyettinger/46a874533244883189143505d203312c
 */
export function seededRandom(seed: number): SeededRandom {
  // Neighbouring seeds would start with similar values.
  let state = Math.imul(seed, 0x9e3779b1);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    next,
    below,
    between: (min, max) => min + next() * (max - min),
    chance: (probability) => next() < probability,
    pick: (list) => list[below(list.length)] ?? list[0],
    shuffle([first, ...rest]) {
      const shuffled: [typeof first, ...(typeof first)[]] = [first];
      for (const element of rest) {
        shuffled.splice(below(shuffled.length + 1), 0, element);
      }
      return shuffled;
    },
  };
}
