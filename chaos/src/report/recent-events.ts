import type { Violation } from '../check/violation.js';
import type { Occurrence } from '../history/occurrence.js';

/** Milliseconds before a violation in which what was done may have to do with it. */
const beforeMs = 4000;

/** Tells what was done before the end of what went wrong: a line each, in milliseconds before it. */
export function tellStory(occurrences: readonly Occurrence[], violation: Violation): string {
  const { end } = 'read' in violation ? violation.read : violation.operation;
  return occurrences
    .filter(({ at }) => at <= end && at >= end - beforeMs)
    .map(({ at, what }) => `${(at - end).toFixed(0).padStart(6)} ms  ${what}`)
    .join('\n');
}
