import { describe, expect, test } from 'vitest';
import { resultCell } from './result-cell.js';
import type { InvalidationOutcome, Run } from './scenario.js';

describe('resultCell', () => {
  test('a cell says in how many runs and in what share of reads an old value was read', () => {
    const runs = [laterReads('done', 0), laterReads('done', 40), laterReads('done', 2)];
    expect(resultCell(runs)).toBe('done, then **old value** (2 of 3 runs, 5–100% of reads)');
  });

  test('a cell says that an invalidation failed or timed out', () => {
    const runs = [laterReads('failed', 0), laterReads('timed out', 0)];
    expect(resultCell(runs)).toBe('**failed or timed out**, then new value');
  });

  test('a cell mentions reads that failed', () => {
    const run = laterReads('done', 0, 10);
    expect(resultCell([run])).toBe('done, then new value, read errors (1 of 1 runs, 25% of reads)');
  });

  test('a cell shows the slowest read', () => {
    expect(resultCell([read('returned', 2), read('returned', 51.4)])).toBe('51 ms');
    expect(resultCell([read('failed', 700), read('returned', 2)])).toBe('**error** after 700 ms');
    expect(resultCell([read('timed out', 10_003)])).toBe('**timed out** after 10 s');
  });
});

function laterReads(invalidation: InvalidationOutcome, stale: number, failed = 0): Run {
  return { kind: 'later-reads', invalidation, laterReads: { reads: 40, stale, failed } };
}

function read(outcome: 'returned' | 'failed' | 'timed out', ms: number): Run {
  return { kind: 'read-time', outcome, ms };
}
