import type { History } from '../history/history.js';
import { possibleWrites } from './possible-writes.js';
import { stalenessOf } from './staleness.js';
import type { Violation } from './violation.js';

/**
 * Finds products of which the database held an older value at the end than the last acknowledged
 * one, or a value that was never written.
 */
export function lostWrites(history: History): Violation[] {
  const writes = possibleWrites(history);
  return history.finalReads.flatMap((read): Violation[] => {
    if (read.outcome.kind !== 'found') {
      return [{ kind: 'failed', operation: read }];
    }
    const measure = stalenessOf(writes.get(read.id) ?? []);
    const staleness = measure({ value: read.outcome.value, begin: read.begin, end: read.end });
    if (staleness.kind === 'never-written') {
      return [{ kind: 'never-written', read }];
    }
    const { overwrittenBy: lost } = staleness;
    return lost ? [{ kind: 'lost-write', read, lost }] : [];
  });
}
