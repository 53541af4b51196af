/** 64 bits in two unsigned halves. */
export interface Fingerprint {
  readonly high: number;
  readonly low: number;
}

/** A 64-bit hash of whole numbers, good enough to stand for them (after cyrb53, by bryc). */
export function fingerprint(numbers: readonly number[]): Fingerprint {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (const number of numbers) {
    const upper = Math.floor(number / 2 ** 32);
    high = Math.imul(high ^ number, 2654435761);
    high = Math.imul(high ^ (high >>> 15) ^ upper, 2246822519);
    low = Math.imul(low ^ number, 1597334677);
    low = Math.imul(low ^ (low >>> 13) ^ upper, 3266489917);
  }
  const mixed = finish(high, low);
  return { high: mixed, low: finish(low, mixed) };
}

function finish(half: number, other: number): number {
  const mixed = Math.imul(half ^ (half >>> 16), 2246822507);
  return (mixed ^ Math.imul(other ^ (other >>> 13), 3266489909)) >>> 0;
}
