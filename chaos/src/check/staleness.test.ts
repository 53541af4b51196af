import { describe, expect, test } from 'vitest';
import type { Value } from '../history/operation.js';
import { type PossibleWrite, stalenessOf } from './staleness.js';

const written = (value: Value, begin: number, acknowledged: number): PossibleWrite => ({
  value,
  begin,
  acknowledged,
  settled: acknowledged,
});
const unanswered = (value: Value, begin: number, settled: number): PossibleWrite => ({
  value,
  begin,
  acknowledged: undefined,
  settled,
});
const readAt = (value: Value, begin: number, end = begin + 1) => ({ value, begin, end });

describe('a value that was read', () => {
  const measure = stalenessOf([written(1, 0, 10), written(2, 20, 30), written(3, 40, 50)]);

  test('is fresh while nothing newer is acknowledged', () => {
    expect(measure(readAt(1, 30))).toEqual({ kind: 'written', ms: 0 });
  });

  test('is as old as the first acknowledgement of something newer', () => {
    expect(measure(readAt(1, 45))).toMatchObject({ ms: 15, overwrittenBy: { value: 2 } });
    expect(measure(readAt(2, 90))).toMatchObject({ ms: 40, overwrittenBy: { value: 3 } });
    expect(measure(readAt(3, 900))).toEqual({ kind: 'written', ms: 0 });
  });

  test('is nothing that was ever written, or only later', () => {
    expect(measure(readAt(7, 45))).toEqual({ kind: 'never-written' });
    expect(measure(readAt(3, 10, 15))).toEqual({ kind: 'never-written' });
  });
});

describe('writes at the same time', () => {
  test('may have happened in either order', () => {
    const measure = stalenessOf([written(1, 0, 10), written(2, 5, 12)]);
    expect(measure(readAt(1, 500))).toEqual({ kind: 'written', ms: 0 });
    expect(measure(readAt(2, 500))).toEqual({ kind: 'written', ms: 0 });
  });

  test('are both overwritten by what began after both, whichever was acknowledged first', () => {
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

describe('a write whose outcome is unknown', () => {
  test('may still happen, over whatever came later', () => {
    const measure = stalenessOf([unanswered(1, 0, Infinity), written(2, 20, 30)]);
    expect(measure(readAt(1, 500))).toEqual({ kind: 'written', ms: 0 });
  });

  test('is overwritten by what began after the death of its process', () => {
    const measure = stalenessOf([unanswered(1, 0, 15), written(2, 20, 30)]);
    expect(measure(readAt(1, 500))).toMatchObject({ ms: 470 });
  });

  test('overwrites nothing for certain', () => {
    const measure = stalenessOf([written(1, 0, 10), unanswered(2, 20, 40)]);
    expect(measure(readAt(1, 500))).toEqual({ kind: 'written', ms: 0 });
  });
});

describe('a product that is not there', () => {
  const life = [written(1, 0, 10), written('absent', 20, 30)];

  test('is stale news once its creation is acknowledged', () => {
    expect(stalenessOf(life)(readAt('absent', 15))).toMatchObject({ ms: 5 });
  });

  test('is the truth from the beginning of its deletion', () => {
    expect(stalenessOf(life)(readAt('absent', 19, 21))).toEqual({ kind: 'written', ms: 0 });
    expect(stalenessOf(life)(readAt('absent', 500))).toEqual({ kind: 'written', ms: 0 });
  });

  test('makes what it was stale news', () => {
    expect(stalenessOf(life)(readAt(1, 500))).toMatchObject({ ms: 470 });
  });
});
