/** Chance that can be repeated: the same seed gives the same sequence. */
export interface SeededRandom {
  /** A number from 0 up to, not including, 1. */
  next(): number;
  /** A number from `min` up to, not including, `max`. */
  between(min: number, max: number): number;
  /** One element of a list that is not empty. */
  pick<T>(list: readonly [T, ...T[]]): T;
  /** The elements of a list in another order. */
  shuffle<const T>(list: readonly [T, ...T[]]): [T, ...T[]];
}

/** Makes a sequence from a seed of 32 bits, by the generator Mulberry32. */
export function seededRandom(seed: number): SeededRandom {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    between: (min, max) => min + next() * (max - min),
    pick: (list) => list[Math.floor(next() * list.length)] ?? list[0],
    shuffle([first, ...rest]) {
      const shuffled: [typeof first, ...(typeof first)[]] = [first];
      for (const element of rest) {
        shuffled.splice(Math.floor(next() * (shuffled.length + 1)), 0, element);
      }
      return shuffled;
    },
  };
}
