import { describe, expect, test } from 'vitest';
import type { Value } from '../history/operation.js';
import { type PossibleWrite, stalenessOf } from './staleness.js';

const written = (value: Value, begin: number, acknowledged: number): PossibleWrite => ({
  value,
  begin,
  acknowledged,
  settled: acknowledged,
});
const unacknowledged = (value: Value, begin: number, settled: number): PossibleWrite => ({
  value,
  begin,
  acknowledged: undefined,
  settled,
});
const readAt = (value: Value, begin: number, end = begin + 1) => ({ value, begin, end });

describe('the value of a read', () => {
  const measure = stalenessOf([written(1, 0, 10), written(2, 20, 30), written(3, 40, 50)]);

  test('is fresh while no newer write is acknowledged', () => {
    expect(measure(readAt(1, 30))).toEqual({ kind: 'written', ms: 0 });
  });

  test('is as old as the first acknowledgement of a newer write', () => {
    expect(measure(readAt(1, 45))).toMatchObject({ ms: 15, overwrittenBy: { value: 2 } });
    expect(measure(readAt(2, 90))).toMatchObject({ ms: 40, overwrittenBy: { value: 3 } });
    expect(measure(readAt(3, 900))).toEqual({ kind: 'written', ms: 0 });
  });

  test('is reported when it was never written, or only later', () => {
    expect(measure(readAt(7, 45))).toEqual({ kind: 'never-written' });
    expect(measure(readAt(3, 10, 15))).toEqual({ kind: 'never-written' });
  });
});

describe('overlapping writes', () => {
  test('may have happened in either order', () => {
    const measure = stalenessOf([written(1, 0, 10), written(2, 5, 12)]);
    expect(measure(readAt(1, 500))).toEqual({ kind: 'written', ms: 0 });
    expect(measure(readAt(2, 500))).toEqual({ kind: 'written', ms: 0 });
  });

  test('are both overwritten by a write that began after both', () => {
    const measure = stalenessOf([
      written(1, 0, 10),
      written(2, 5, 12),
      written(3, 20, 90),
      written(4, 25, 30),
    ]);
    expect(measure(readAt(1, 50))).toMatchObject({ ms: 20, overwrittenBy: { value: 4 } });
    expect(measure(readAt(3, 50))).toMatchObject({ ms: 0 });
  });
});

describe('a write with an unknown outcome', () => {
  test('may still happen after later writes', () => {
    const measure = stalenessOf([unacknowledged(1, 0, Infinity), written(2, 20, 30)]);
    expect(measure(readAt(1, 500))).toEqual({ kind: 'written', ms: 0 });
  });

  test('is overwritten by a write that began after the death of its process', () => {
    const measure = stalenessOf([unacknowledged(1, 0, 15), written(2, 20, 30)]);
    expect(measure(readAt(1, 500))).toMatchObject({ ms: 470 });
  });

  test('is not certain to overwrite an earlier write', () => {
    const measure = stalenessOf([written(1, 0, 10), unacknowledged(2, 20, 40)]);
    expect(measure(readAt(1, 500))).toEqual({ kind: 'written', ms: 0 });
  });
});

describe('an absent product', () => {
  const writes = [written(1, 0, 10), written('absent', 20, 30)];

  test('is stale once its creation is acknowledged', () => {
    expect(stalenessOf(writes)(readAt('absent', 15))).toMatchObject({ ms: 5 });
  });

  test('is correct from the beginning of its deletion', () => {
    expect(stalenessOf(writes)(readAt('absent', 19, 21))).toEqual({ kind: 'written', ms: 0 });
    expect(stalenessOf(writes)(readAt('absent', 500))).toEqual({ kind: 'written', ms: 0 });
  });

  test('makes its former value stale', () => {
    expect(stalenessOf(writes)(readAt(1, 500))).toMatchObject({ ms: 470 });
  });
});
