import { describe, expect, it as test } from 'vitest';
import { resultCell } from './result-cell.js';
import type { InvalidationAnswer, Trial } from './scenario.js';

describe('resultCell', () => {
  test('says in how many runs and how often an old value was read', () => {
    const trials = [laterReads('done', 0), laterReads('done', 40), laterReads('done', 2)];
    expect(resultCell(trials)).toBe('done, then **old value** (2 of 3 runs, 5–100% of reads)');
  });

  test('says what the writer was told, where it was not that all is well', () => {
    const trials = [laterReads('failed', 0), laterReads('no answer', 0)];
    expect(resultCell(trials)).toBe('**failed or no answer**, then new value');
  });

  test('mentions reads that had an error', () => {
    const trial = laterReads('done', 0, 10);
    expect(resultCell([trial])).toBe(
      'done, then new value, read errors (1 of 1 runs, 25% of reads)',
    );
  });

  test('takes the slowest read', () => {
    expect(resultCell([read('answered', 2), read('answered', 51.4)])).toBe('51 ms');
    expect(resultCell([read('failed', 700), read('answered', 2)])).toBe('**error** after 700 ms');
    expect(resultCell([read('no answer', 10_003)])).toBe('**no answer** in 10 s');
  });
});

function laterReads(invalidation: InvalidationAnswer, stale: number, failed = 0): Trial {
  return { kind: 'later-reads', invalidation, laterReads: { reads: 40, stale, failed } };
}

function read(answer: 'answered' | 'failed' | 'no answer', ms: number): Trial {
  return { kind: 'read-time', answer, ms };
}
