import { expect, test } from 'vitest';
import { divideBatch } from './batch-parts.js';

const keys = Array.from({ length: 200 }, (_, index) => `key ${index}`);

function sizesOf(knownLength: (key: string) => number | undefined) {
  const parts = divideBatch(keys, knownLength);
  expect(parts.flat()).toEqual(keys);
  return parts.map((part) => part.length);
}

test('products that were not read before are in parts of 25', () => {
  expect(sizesOf(() => undefined)).toEqual(Array(8).fill(25));
});

test('products that are known to be small are in one part', () => {
  expect(sizesOf(() => 200)).toEqual([200]);
});

test('a product that is larger than a part has one of its own', () => {
  const sizes = sizesOf((key) => (key === 'key 3' ? 1_000_000 : 200));
  expect(sizes).toEqual([3, 1, 196]);
});

test('no keys are one part', () => {
  expect(divideBatch([], () => 1)).toEqual([[]]);
});
